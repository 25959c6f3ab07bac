import type { Json } from "../../support/json.ts";
import type { CompileContext } from "../compile-context.ts";
import { jsonPointer } from "../../support/json-pointer.ts";

/** A change that needs someone's agreement names whose: without a role nobody would be asked, and the change would be done. */
export function checkChangeTables(context: CompileContext): void {
  for (const { file, definition: table } of context.index.all("decision-table")) {
    if (table.purpose !== "change") continue;
    const check = (outputs: { readonly [output: string]: Json }, path: string): void => {
      const role = outputs["approverRole"];
      if (outputs["answer"] === "APPROVAL" && (role === undefined || role === null || role === "")) context.reportFor(file)(
        "approver-missing", `${path}/answer`,
        "This change needs approval, but no role is named that gives it; fill in approverRole.",
      );
    };
    table.rows.forEach((row, position) => check(row, jsonPointer("rows", position)));
    if (table.otherwise) check(table.otherwise, "/otherwise");
  }
}
