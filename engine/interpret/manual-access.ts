import type { ManualWork } from "../order/task.ts";

/** True for who has the role of the work, or a role its escalation has told; work without a role is anybody's. */
export function mayWorkOn(manual: Pick<ManualWork, "role" | "escalations">, roles: readonly string[]): boolean {
  return manual.role === null || roles.includes(manual.role) || manual.escalations.some(({ to }) => roles.includes(to));
}
