import { compileCell, type CompiledCell } from "../feel/unary-test.ts";
import type { Report } from "../language/diagnostic.ts";
import type { InputColumn, TableRow } from "../language/table-kinds.ts";
import { pointer } from "../rules/fact-path.ts";
import type { Json } from "../support/json.ts";

/** A cell compiled once, with what there was to report about it wherever it stands. */
interface InternedCell {
  readonly cell: CompiledCell;
  readonly problems: readonly (readonly [code: string, message: string, severity: "error" | "warning" | undefined])[];
}

/**
 * The input cells of all rows, `[row][column]`. Equal cells of a column are one object: large tables repeat themselves, and
 * FEEL is slow to parse.
 */
export function compileCells(rows: readonly TableRow[], inputs: readonly InputColumn[], report: Report): readonly (readonly CompiledCell[])[] {
  const interned = inputs.map(() => new Map<string, InternedCell>());
  return rows.map((row, position) =>
    inputs.map((column, place) => {
      const raw = Object.hasOwn(row, column.key) ? row[column.key] : undefined;
      const text = raw === undefined ? "" : JSON.stringify(raw);
      const known = interned[place] as Map<string, InternedCell>;
      let found = known.get(text);
      if (!found) known.set(text, (found = compileOne(raw, column)));
      for (const [code, message, severity] of found.problems) report(code, pointer(`/rows/${position}`, column.key), message, severity);
      return found.cell;
    }));
}

function compileOne(raw: Json | undefined, column: InputColumn): InternedCell {
  const problems: [string, string, "error" | "warning" | undefined][] = [];
  const cell = compileCell(raw, column.type, (code, _, message, severity) => problems.push([code, message, severity]), "");
  const odd = column.values && cell.keys?.find((key) => key !== null && !column.values?.includes(key));
  if (odd !== undefined) {
    problems.push(["cell-not-allowed", `${JSON.stringify(odd)} is not among the values of ${column.key}, so it never matches.`, "warning"]);
  }
  return { cell, problems };
}
