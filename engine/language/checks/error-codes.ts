import type { Json } from "../../support/json.ts";
import type { CompileContext } from "../compile-context.ts";

/** Every code of a failure that a release names: in failure tables, retry policies, alternatives and outcomes. */
export function errorCodes(context: CompileContext): ReadonlySet<string> {
  const codes = new Set<string>();
  const add = (found: Json | undefined): void => {
    for (const code of Array.isArray(found) ? (found as readonly Json[]) : []) if (typeof code === "string") codes.add(code);
  };
  for (const { definition: table } of context.index.all("decision-table")) {
    if (table.purpose !== "failure") continue;
    for (const column of table.columns) if ("in" in column && column.in === "failure.code") table.rows.forEach((row) => add(row[column.key]));
  }
  for (const { definition: policy } of context.index.all("retry-policy")) {
    add(policy.retryOn.codes);
    add(policy.neverOn?.codes);
  }
  for (const { definition: template } of context.index.all("plan-template")) {
    for (const { alternatives } of template.tasks) alternatives?.forEach(({ onCodes }) => add(onCodes));
  }
  for (const { definition: type } of context.index.all("task-type")) add(type.outcomes?.map(({ key }) => key));
  return codes;
}
