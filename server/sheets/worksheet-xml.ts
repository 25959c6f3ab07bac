import { areaAddress, cellAddress, columnLetters } from "../../engine/sheet/address.ts";
import type { Area, Cell, DropDown, Sheet, SheetLayout, SheetRow } from "../../engine/sheet/workbook.ts";
import { styleNumber } from "./xlsx-styles.ts";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** One worksheet part; its elements stand in the order the format asks for (ECMA-376 part 1, 18.3.1.99). */
export function worksheetXml({ rows, merges, layout }: Sheet, selected: boolean): string {
  return `<worksheet xmlns="${MAIN}">${viewXml(layout, selected)}${columnsXml(layout)}<sheetData>${rows.map(rowXml).join("")}</sheetData>` +
    `${layout?.filter ? `<autoFilter ref="${areaAddress(layout.filter)}"/>` : ""}${mergesXml(merges)}${dropDownsXml(layout?.dropDowns ?? [])}</worksheet>`;
}

/** A text as XML text or attribute value. What XML cannot hold, and what would be read as such an escape, is escaped as `_x000D_`. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    // oxlint-disable-next-line no-control-regex -- these are the characters XML 1.0 does not allow, and CR, which it changes
    .replaceAll(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`)
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function viewXml(layout: SheetLayout | undefined, selected: boolean): string {
  const attributes = `${selected ? ' tabSelected="1"' : ""} workbookViewId="0"`;
  const { rows, columns } = layout?.frozen ?? { rows: 0, columns: 0 };
  if (rows === 0 && columns === 0) return `<sheetViews><sheetView${attributes}/></sheetViews>`;
  const pane = rows > 0 && columns > 0 ? "bottomRight" : rows > 0 ? "bottomLeft" : "topRight";
  const split = `${columns > 0 ? ` xSplit="${columns}"` : ""}${rows > 0 ? ` ySplit="${rows}"` : ""}`;
  return `<sheetViews><sheetView${attributes}><pane${split} topLeftCell="${cellAddress(rows + 1, columns)}" activePane="${pane}" state="frozen"/><selection pane="${pane}"/></sheetView></sheetViews>`;
}

function columnsXml(layout: SheetLayout | undefined): string {
  if (!layout || layout.columns.length === 0) return "";
  const columns = layout.columns.map(({ width, hidden, style }, index) =>
    `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${styleNumber(style, false)}"${hidden ? ' hidden="1"' : ""} customWidth="1"/>`);
  return `<cols>${columns.join("")}</cols>`;
}

function rowXml({ number, hidden, cells }: SheetRow): string {
  const inner = cells.map((cell, column) => (cell === undefined ? "" : cellXml(cell, cellAddress(number, column)))).join("");
  return `<row r="${number}"${hidden ? ' hidden="1"' : ""}>${inner}</row>`;
}

function cellXml(cell: Cell, address: string): string {
  if (cell.kind !== "text" && cell.kind !== "number" && cell.kind !== "boolean") throw new Error(`A cell of kind ${cell.kind} is read, never written.`);
  const style = styleNumber(cell.style, cell.kind === "text" && cell.quoted === true);
  const start = `<c r="${address}"${style === 0 ? "" : ` s="${style}"`}`;
  if (cell.kind === "number") return `${start}><v>${cell.value}</v></c>`;
  if (cell.kind === "boolean") return `${start} t="b"><v>${cell.value ? 1 : 0}</v></c>`;
  return `${start} t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell.text)}</t></is></c>`;
}

function mergesXml(merges: readonly Area[]): string {
  return merges.length === 0 ? "" : `<mergeCells count="${merges.length}">${merges.map((area) => `<mergeCell ref="${areaAddress(area)}"/>`).join("")}</mergeCells>`;
}

/** The lists only offer: a cell may hold several values, a range or an expression, which no list can name. */
function dropDownsXml(dropDowns: readonly DropDown[]): string {
  if (dropDowns.length === 0) return "";
  const lists = dropDowns.map(({ area, values }) =>
    `<dataValidation type="list" allowBlank="1" sqref="${areaAddress(area)}"><formula1>${escapeXml(reference(values))}</formula1></dataValidation>`);
  return `<dataValidations count="${lists.length}">${lists.join("")}</dataValidations>`;
}

function reference({ sheet, area }: DropDown["values"]): string {
  const corner = (row: number, column: number): string => `$${columnLetters(column)}$${row}`;
  return `'${sheet.replaceAll("'", "''")}'!${corner(area.top, area.left)}:${corner(area.bottom, area.right)}`;
}
