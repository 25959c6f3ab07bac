import type { Json } from "../../support/json.ts";
import { parseDurationMs } from "../../support/duration.ts";
import type { CompileContext } from "../compile-context.ts";
import type { DecisionTable, FailureClass, Kind } from "../kinds.ts";
import { suggest } from "../suggest.ts";

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
      ];
    case "customer-status":
      return [{ output: "status", check: statusOfItsMaps(table.key, context) }];
    case "authority": case "general":
      return [];
  }
}

function oneOf(values: readonly string[]): LegalOutput["check"] {
  return (cell) => {
    if (typeof cell === "string" && values.includes(cell)) return null;
    return { code: "output-not-allowed", message: `${JSON.stringify(cell)} means nothing here; use one of ${values.join(", ")}.` };
  };
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
