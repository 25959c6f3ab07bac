import type { PlannedTask } from "./plan.ts";

/** True for a message to the customer: it tells what is, whatever becomes of the order. */
export function isMessage(planned: PlannedTask): boolean {
  return planned.source.by === "milestone-message" || planned.source.by === "status-message";
}

/** True for work that takes back other work. */
export function isUndo(planned: PlannedTask): boolean {
  return planned.source.by === "compensation" || planned.source.by === "withdrawal";
}
