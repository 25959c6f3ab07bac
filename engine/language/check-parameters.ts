import { isFeel } from "../feel/compile-value.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import type { EvidenceCheck } from "./compile-json-schema.ts";
import type { Report } from "./diagnostic.ts";
import { jsonPointer } from "../support/json-pointer.ts";

/**
 * Checks the values of a `with` against the parameters they are for. What an expression will give is not known yet, so an
 * expression counts as fitting.
 */
export function checkParameters(check: EvidenceCheck, given: JsonObject, report: Report, path: string): void {
  const expressions = pointersOfExpressions(given, "");
  for (const violation of check(given)) {
    if (expressions.some((pointer) => violation.path === pointer || violation.path.startsWith(`${pointer}/`))) continue;
    report("parameter-mismatch", path + violation.path, violation.message);
  }
}

function pointersOfExpressions(value: Json, path: string): string[] {
  if (isFeel(value)) return [path];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((part, index) => pointersOfExpressions(part, path + jsonPointer(index)));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => (part === undefined ? [] : pointersOfExpressions(part, path + jsonPointer(name))));
}
