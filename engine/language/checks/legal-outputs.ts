import type { Json } from "../../support/json.ts";
import { parseDurationMs } from "../../support/duration.ts";
import type { CompileContext } from "../compile-context.ts";
import type { ChangeTaskAction, FailureClass, Kind } from "../kinds.ts";
import type { DecisionTable } from "../table-kinds.ts";
import { suggest } from "../suggest.ts";
import { REPAIR_ACTIONS } from "./repair-actions.ts";

export interface OutputProblem {
  readonly code: string;
  readonly message: string;
}

/** What one output of a table may be. */
export interface LegalOutput {
  readonly output: string;
  readonly check: (cell: Json) => OutputProblem | null;
}

const CLASSES: readonly FailureClass[] = ["TRANSIENT", "PERMANENT", "SEMANTIC", "POLICY", "UNKNOWN", "PARTIAL", "STALE", "DUPLICATE"];
const ANSWERS = ["ACCEPT", "APPROVAL", "REFUSE"] as const;
const TASK_ACTIONS: readonly ChangeTaskAction[] = ["KEEP", "STOP", "WITHDRAW", "SETTLE", "COMPENSATE", "AMEND", "REDO", "REFUSE"];

/** The outputs of a table whose answers must be something that exists, with the check of one literal. */
export function legalOutputs(table: DecisionTable, context: CompileContext): readonly LegalOutput[] {
  switch (table.purpose) {
    case "decomposition":
      return [{ output: "planTemplate", check: definitionOrNull("plan-template", context) }];
    case "failure":
      return [{ output: "class", check: oneOf(CLASSES) }];
    case "fallout":
      return [
        { output: "severity", check: oneOf(["P0", "P1", "P2", "P3"]) },
        { output: "sla", check: duration },
        { output: "manualTask", check: definitionOrNull("manual-task", context) },
        { output: "repairs", check: listOf(REPAIR_ACTIONS) },
      ];
    case "customer-status":
      return [{ output: "status", check: statusOfItsMaps(table.key, context) }];
    case "change":
      return [{ output: "answer", check: oneOf(ANSWERS) }, { output: "route", check: oneOf(["REPLAN", "CANCEL_AND_RECREATE", "CHANGE_ORDER", null]) }];
    case "change-task":
      return [{ output: "do", check: oneOf(TASK_ACTIONS) }];
    case "authority":
      return [{ output: "allow", check: oneOf([true, false]) }, { output: "evidenceRequired", check: oneOf([true, false, null]) }];
    case "general":
      return [];
  }
}

function oneOf(values: readonly (string | boolean | null)[]): LegalOutput["check"] {
  return (cell) => {
    if (values.some((value) => value === cell)) return null;
    return { code: "output-not-allowed", message: `${JSON.stringify(cell)} means nothing here; use one of ${values.join(", ")}.` };
  };
}

function listOf(values: readonly string[]): LegalOutput["check"] {
  const check = oneOf(values);
  return (cell) => (Array.isArray(cell) ? (cell as readonly Json[]) : []).map(check).find((problem) => problem !== null) ?? null;
}

function duration(cell: Json): OutputProblem | null {
  if (cell === null || (typeof cell === "string" && parseDurationMs(cell) !== null)) return null;
  return { code: "ambiguous-duration", message: `${JSON.stringify(cell)} is not a fixed span of time; write PT4H or P1D.` };
}

function definitionOrNull(kind: Kind, context: CompileContext): LegalOutput["check"] {
  return (cell) => {
    if (cell === null || (typeof cell === "string" && context.index.has(kind, cell))) return null;
    const hint = suggest(typeof cell === "string" ? cell : "", context.index.keys(kind));
    return { code: "unknown-reference", message: `There is no ${kind} ${JSON.stringify(cell)}${hint}` };
  };
}

/** A status must be one of every milestone map that uses the table. */
function statusOfItsMaps(tableKey: string, context: CompileContext): LegalOutput["check"] {
  const maps = context.index.all("milestone-map").filter(({ definition }) => definition.statusTable === tableKey);
  return (cell) => {
    for (const { definition } of maps) {
      const known = definition.statuses.map(({ key }) => key);
      if (typeof cell === "string" && known.includes(cell)) continue;
      const hint = suggest(typeof cell === "string" ? cell : "", known);
      return { code: "unknown-status", message: `The milestone map "${definition.key}" has no status ${JSON.stringify(cell)}${hint}` };
    }
    return null;
  };
}
