import type { CompileContext } from "../compile-context.ts";
import type { DecisionTable } from "../table-kinds.ts";

/** Who may repair what stands in one table; a release that offers repairs has it. */
export function checkAuthority(context: CompileContext): void {
  const tables = context.index.all("decision-table");
  const [first, ...others] = tables.filter(({ definition }) => definition.purpose === "authority");
  for (const { file, definition } of others) context.reportFor(file)(
    "authority-duplicate", "/purpose",
    `"${first?.definition.key ?? ""}" says already who may repair what; put the rows of "${definition.key}" there.`,
  );
  if (first) return;
  const offering = tables.find(({ definition }) => definition.purpose === "fallout" && offersRepairs(definition));
  if (offering) context.reportFor(offering.file)(
    "authority-missing", "",
    `"${offering.definition.key}" offers repairs, but nothing says who may do them, so all are refused; add a table of purpose authority.`,
  );
}

function offersRepairs(table: DecisionTable): boolean {
  return [...table.rows, ...(table.otherwise ? [table.otherwise] : [])].some(({ repairs }) => Array.isArray(repairs) && repairs.length > 0);
}
