import type { Cell, Workbook } from "../../engine/sheet/workbook.ts";

/** Excel takes a CSV file for UTF-8 only when it begins with it. */
const BYTE_ORDER_MARK = "\uFEFF";
const NEEDS_QUOTES = /[",;\t|\r\n]|^\s|\s$/;

/** The first sheet as CSV (RFC 4180): commas, CRLF, UTF-8 with byte order mark. */
export function writeCsv({ sheets: [sheet] }: Workbook): Uint8Array {
  const width = Math.max(0, ...(sheet?.rows ?? []).map(({ cells }) => cells.length));
  const lines = (sheet?.rows ?? []).map(({ cells }) => Array.from({ length: width }, (_, column) => field(cells[column])).join(","));
  return Buffer.from(`${BYTE_ORDER_MARK}${lines.map((line) => `${line}\r\n`).join("")}`, "utf8");
}

function field(cell: Cell | undefined): string {
  const text = plainText(cell);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function plainText(cell: Cell | undefined): string {
  if (cell === undefined) return "";
  if (cell.kind === "text") return cell.text;
  if (cell.kind === "number") return String(cell.value);
  if (cell.kind === "boolean") return cell.value ? "TRUE" : "FALSE";
  throw new Error(`A cell of kind ${cell.kind} is read, never written.`);
}
