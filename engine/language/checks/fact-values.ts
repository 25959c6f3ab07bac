import type { ColumnValues } from "../../table/axis.ts";
import { ITEM_ACTIONS } from "./item-domain.ts";
import { TASK_STATES } from "./task-states.ts";

const KNOWN: { readonly [path: string]: ColumnValues } = {
  "item.action": { values: ITEM_ACTIONS },
  "item.quantity": { integer: true, minimum: 1 },
  "item.pointOfNoReturn": { values: ["none", "soft", "hard"] },
  "request.type": { values: ["CANCEL", "AMEND"] },
  "task.state": { values: TASK_STATES },
  "task.attempts": { integer: true, minimum: 0 },
  "failure.class": { values: ["TRANSIENT", "PERMANENT", "SEMANTIC", "POLICY", "UNKNOWN", "PARTIAL", "STALE", "DUPLICATE"] },
  "failure.httpStatus": { integer: true, minimum: 100, maximum: 599 },
};
const OUTCOMES: ColumnValues = { values: ["OPEN", "REACHED", "NOT_APPLICABLE", "MISSED"] };

/** The values a fact's path can have by itself, whatever was ordered; null when any may come. */
export function valuesOfFact(path: string): ColumnValues | null {
  if (Object.hasOwn(KNOWN, path)) return KNOWN[path] ?? null;
  return /^milestones\.[^.]+\.outcome$/.test(path) ? OUTCOMES : null;
}
