import { columnName } from "../../engine/sheet/column-side.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { cellText, type CellWrite, type Range } from "./grid-model.ts";

/** Beginnings a spreadsheet program would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Cells to copy: rows and columns by position. */
export interface CopiedCells {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** Cells as spreadsheet programs exchange them: tabs between cells, lines between rows; what could run as a formula is made a text. */
export function toTsv(table: DecisionTable, cells: CopiedCells): string {
  return texts(table, cells).map((row) => row.map((text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join("\t")).join("\n");
}

/** The same as a table of HTML, which spreadsheet programs prefer: with it they keep cells that hold several lines. */
export function toHtml(table: DecisionTable, cells: CopiedCells): string {
  const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", "<br>");
  return `<table>${texts(table, cells).map((row) => `<tr>${row.map((text) => `<td>${escaped(text)}</td>`).join("")}</tr>`).join("")}</table>`;
}

function texts(table: DecisionTable, { rows, columns }: CopiedCells): readonly (readonly string[])[] {
  return rows.map((row) => columns.map((column) => {
    const [line, head] = [table.rows[row], table.columns[column]];
    const text = line === undefined || head === undefined ? "" : cellText(line, head);
    return FORMULA.test(text) ? `'${text}` : text;
  }));
}

/** Reads tab-separated text as spreadsheet programs write it, quoted cells with tabs and lines included. */
export function fromTsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const end = (): void => {
    rows.at(-1)?.push(cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell);
    cell = "";
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? "";
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"' && cell === "") quoted = true;
    else if (character === "\t") end();
    else if (character === "\n") {
      end();
      rows.push([]);
    } else if (character !== "\r") cell += character;
  }
  end();
  return rows.length > 1 && rows.at(-1)?.length === 1 && rows.at(-1)?.[0] === "" ? rows.slice(0, -1) : rows;
}

/** What pasting writes: from the upper left corner of the range; one value fills the whole range. */
export function pasteWrites(cells: readonly (readonly string[])[], { from, to }: Range): readonly CellWrite[] {
  const single = cells.length === 1 && cells[0]?.length === 1;
  if (!single) return cells.flatMap((row, y) => row.map((text, x) => ({ row: from.row + y, column: from.column + x, text })));
  const writes: CellWrite[] = [];
  for (let row = from.row; row <= to.row; row += 1) for (let column = from.column; column <= to.column; column += 1) writes.push({ row, column, text: cells[0]?.[0] ?? "" });
  return writes;
}

/** The title of a column as people see it. */
export function columnTitle(column: DecisionTable["columns"][number]): string {
  const name = columnName(column).replaceAll(/([a-z])([A-Z])/g, "$1 $2").replaceAll(/[-_]/g, " ");
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
