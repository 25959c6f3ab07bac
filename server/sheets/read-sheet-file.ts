import type { Workbook } from "../../engine/sheet/workbook.ts";
import { SHEET_LIMITS } from "./limits.ts";
import { readCsv } from "./read-csv.ts";
import { readXlsx } from "./read-xlsx.ts";
import { SheetProblem } from "./sheet-problem.ts";

/** The formats that are read and written. */
export type SheetFormat = "xlsx" | "csv";

const MAGIC: readonly { readonly bytes: readonly number[]; /** A format, or what else the file is. */ readonly is: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], is: "xlsx" },
  { bytes: [0x50, 0x4b, 0x05, 0x06], is: "xlsx" },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], is: "an .xls workbook, or one that is encrypted; save it as .xlsx without a password" },
  { bytes: [0x09, 0x08], is: "an .xls workbook; save it as .xlsx" },
  { bytes: [0x25, 0x50, 0x44, 0x46], is: "a PDF document; save the table as .xlsx" },
  { bytes: [0xff, 0xfe], is: "UTF-16 text; save it as \"CSV UTF-8\"" },
  { bytes: [0xfe, 0xff], is: "UTF-16 text; save it as \"CSV UTF-8\"" },
];

/**
 * Reads the bytes of a spreadsheet file. Its content says what it is; `expected` is what its name or media type claims, and
 * a file that is something else is refused rather than guessed at. Throws `SheetProblem`; nothing is ever evaluated.
 */
export function readSheetFile(bytes: Uint8Array, expected: SheetFormat | null = null): Workbook {
  if (bytes.length > SHEET_LIMITS.fileBytes) throw new SheetProblem("payload-too-large", `A spreadsheet file has at most ${SHEET_LIMITS.fileBytes} bytes; split the table.`);
  const format = sniff(bytes);
  if (expected !== null && format !== expected) {
    throw new SheetProblem("unsupported-media-type", `The file calls itself ${expected}, but its content is ${format}; give it its own name.`);
  }
  return format === "xlsx" ? readXlsx(bytes) : readCsv(bytes);
}

function sniff(bytes: Uint8Array): SheetFormat {
  const known = MAGIC.find((magic) => magic.bytes.every((byte, index) => bytes[index] === byte))?.is;
  if (known === "xlsx") return known;
  if (known !== undefined) throw new SheetProblem("unsupported-media-type", `The file is ${known}.`);
  if (bytes.length === 0) throw new SheetProblem("unsupported-media-type", "The file is empty; send an .xlsx workbook or a CSV file.");
  if (bytes.includes(0)) throw new SheetProblem("unsupported-media-type", "The file is neither an .xlsx workbook nor text; save the table as .xlsx or \"CSV UTF-8\".");
  if (/^\s*<(\?xml|!doctype|html|table)/i.test(Buffer.from(bytes.subarray(0, 100)).toString("latin1"))) {
    throw new SheetProblem("unsupported-media-type", "The file is XML or HTML; save the table as .xlsx.");
  }
  return "csv";
}
