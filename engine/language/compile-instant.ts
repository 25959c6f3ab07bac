import { compileValue, isFeel, type CompiledValue } from "../feel/compile-value.ts";
import type { FactName } from "../rules/facts.ts";
import { parseInstant } from "../support/instant.ts";
import type { Json } from "../support/json.ts";
import type { Report } from "./diagnostic.ts";

/** Compiles a value that must be an instant: FEEL, or a literal that is one. */
export function compileInstant(value: Json, facts: ReadonlySet<FactName>, report: Report, path: string): CompiledValue {
  if (!isFeel(value) && (typeof value !== "string" || parseInstant(value) === null)) {
    report(
      "invalid-instant", path,
      `${JSON.stringify(value)} is not an instant; write 2026-11-06T08:00:00Z or FEEL, such as =item.requestedDate.`,
    );
  }
  return compileValue(value, facts, report, path);
}
