import { NEW_FLOW, NO_CONTROL, type FlowControl, type FlowState } from "../../engine/flow/flow-gate.ts";
import type { Row } from "./dialect.ts";
import type { Statement } from "./sql.ts";
import { upsertInto } from "./table.ts";
import { TARGET_CONTROL, TARGET_FLOW } from "./tables.ts";

/** The query for what is known of the flow to target systems, those of which nothing is known left out. */
export const FLOW_QUERY = "SELECT * FROM target_flow";

/** What calls have shown, by target system. */
export function flowFromRows(rows: readonly Row[]): Map<string, FlowState> {
  return new Map(rows.filter((row) => row["breaker"] !== null).map((row) => [String(row["target_system"]), flowOf(row)]));
}

/** What people have decided, by target system. */
export function controlsFromRows(rows: readonly Row[]): Map<string, FlowControl> {
  return new Map(rows.filter((row) => row["paused_at"] !== null || row["resumed_at"] !== null).map((row) => [String(row["target_system"]), controlOf(row)]));
}

export function flowOf(row: Row): FlowState {
  const { breaker, attempts } = row;
  if (typeof breaker !== "string" || typeof attempts !== "string") return NEW_FLOW;
  return { breaker: JSON.parse(breaker) as FlowState["breaker"], attempts: JSON.parse(attempts) as FlowState["attempts"] };
}

export function controlOf(row: Row | undefined): FlowControl {
  if (!row) return NO_CONTROL;
  const { paused_at: at, paused_by: by, paused_reason: reason, resumed_at: resumedAt } = row;
  return {
    paused: typeof at === "string" ? { at, by: String(by), reason: String(reason) } : null,
    resumedAt: typeof resumedAt === "string" ? resumedAt : null,
  };
}

/** Writes what calls have shown of the named target systems. */
export function flowStatements(after: ReadonlyMap<string, FlowState>, targetSystems: Iterable<string>): Statement[] {
  const rows = Array.from(targetSystems, (name) => {
    const { breaker, attempts } = after.get(name) ?? NEW_FLOW;
    return { target_system: name, breaker: JSON.stringify(breaker), attempts: JSON.stringify(attempts) };
  });
  return upsertInto(TARGET_FLOW, rows);
}

/** Writes what people have decided about one target system. */
export function controlStatements(targetSystem: string, { paused, resumedAt }: FlowControl): Statement[] {
  const row = { target_system: targetSystem, paused_by: paused?.by ?? null, paused_reason: paused?.reason ?? null, paused_at: paused?.at ?? null, resumed_at: resumedAt };
  return upsertInto(TARGET_CONTROL, [row]);
}
