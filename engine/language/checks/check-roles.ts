import { jsonPointer } from "../../support/json-pointer.ts";
import type { CompileContext } from "../compile-context.ts";
import { suggest } from "../suggest.ts";

/** Where the roles that people hold are known, every role a definition names is one of them: else its work waits for nobody. */
export function checkRoles(context: CompileContext): void {
  const { roles } = context;
  if (roles === null) return;
  const expect = (file: string, path: string, role: unknown): void => {
    if (typeof role === "string" && !role.startsWith("=") && !roles.has(role)) context.reportFor(file)(
      "human-task-incomplete", path, `Nobody holds the role "${role}"${suggest(role, [...roles])}`,
    );
  };
  for (const { file, definition } of context.index.all("manual-task")) expect(file, "/role", definition.role);
  for (const { file, definition } of context.index.all("compensation-policy")) {
    if (definition.compensatable) expect(file, "/approval/role", definition.approval?.role);
  }
  for (const { file, definition: table } of context.index.all("decision-table")) {
    if (table.purpose !== "authority" && table.purpose !== "change") continue;
    table.rows.forEach((row, position) => expect(file, jsonPointer("rows", position, "approverRole"), row["approverRole"]));
    expect(file, "/otherwise/approverRole", table.otherwise?.["approverRole"]);
  }
}
