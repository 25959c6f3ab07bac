import { cellAddress } from "../../../engine/sheet/address.ts";
import { makeArchive, type MadeFile } from "./make-archive.ts";

/** A cell as Excel stores it; `raw` is the inside of a `c` element with its attributes. */
export type DrawnCell = string | number | boolean | null | { readonly raw: string };

export interface DrawnSheet {
  readonly name?: string;
  readonly state?: string;
  readonly rows: readonly (readonly DrawnCell[])[];
  readonly merges?: readonly string[];
  /** XML in place of the rows. */
  readonly data?: string;
  readonly after?: string;
  /** In front of the root element. */
  readonly prolog?: string;
}

export interface DrawnOptions {
  readonly date1904?: boolean;
  readonly mainType?: string;
  readonly extra?: readonly MadeFile[];
  readonly workbookExtra?: string;
  readonly relationsExtra?: string;
}

/** Style numbers of the workbooks `foreignWorkbook` makes. */
export const STYLE = { general: 0, date: 1, dateTime: 2, text: 3, quoted: 4, custom: 5, money: 6, time: 7 } as const;

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const STYLES = `<styleSheet ${NS}><numFmts count="2"><numFmt numFmtId="164" formatCode="[$-407]d\\.\\ mmmm\\ yyyy;@"/><numFmt numFmtId="165" formatCode="#,##0.00\\ &quot;days&quot;"/></numFmts>` +
  `<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>` +
  `<cellXfs count="8"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="49"/><xf numFmtId="0" quotePrefix="1"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>`;

/** The files of an .xlsx workbook as Excel stores it: shared texts, styles, a theme of nothing. */
export function foreignParts(sheets: readonly DrawnSheet[], options: DrawnOptions = {}): readonly MadeFile[] {
  const strings: string[] = [];
  const part = (name: string, xml: string): MadeFile => ({ name, content: HEAD + xml });
  const worksheets = sheets.map((sheet, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content: (sheet.prolog ?? HEAD) + worksheet(sheet, strings) }));
  const listed = sheets.map(({ name, state }, index) => `<sheet name="${escape(name ?? `Tabelle${index + 1}`)}" sheetId="${index + 1}"${state === undefined ? "" : ` state="${state}"`} r:id="rId${index + 1}"/>`);
  const main = options.mainType ?? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
  return [
    part("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${main}"/></Types>`),
    part("_rels/.rels", `<Relationships><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    part("xl/workbook.xml", `<workbook ${NS}><workbookPr${options.date1904 === true ? ' date1904="1"' : ""}/><sheets>${listed.join("")}</sheets>${options.workbookExtra ?? ""}</workbook>`),
    part("xl/_rels/workbook.xml.rels", `<Relationships>${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join("")}` +
      `<Relationship Id="rId98" Type="${REL}/styles" Target="styles.xml"/><Relationship Id="rId99" Type="${REL}/sharedStrings" Target="/xl/sharedStrings.xml"/>${options.relationsExtra ?? ""}</Relationships>`),
    ...worksheets, part("xl/styles.xml", STYLES),
    part("xl/sharedStrings.xml", `<sst ${NS}>${strings.map((text) => `<si><t xml:space="preserve">${escape(text)}</t></si>`).join("")}</sst>`),
    ...(options.extra ?? []),
  ];
}

/** An .xlsx workbook as an analyst would have saved it. */
export function foreignWorkbook(sheets: readonly DrawnSheet[], options: DrawnOptions = {}): Uint8Array {
  return makeArchive(foreignParts(sheets, options));
}

/** One sheet of rows. */
export function drawn(rows: readonly (readonly DrawnCell[])[], merges: readonly string[] = []): Uint8Array {
  return foreignWorkbook([{ rows, merges }]);
}

/** A cell with a style: a date is its serial, a quoted text a text. */
export function styled(value: string | number, style: number): DrawnCell {
  return typeof value === "number" ? { raw: ` s="${style}"><v>${value}</v>` } : { raw: ` s="${style}" t="inlineStr"><is><t>${escape(value)}</t></is>` };
}

/** A formula with the value it came to when the file was saved. */
export function formula(text: string, cached: string | number = 0): DrawnCell {
  return { raw: `${typeof cached === "string" ? ' t="str"' : ""}><f>${escape(text)}</f><v>${cached}</v>` };
}

function worksheet({ rows, merges = [], data, after = "" }: DrawnSheet, strings: string[]): string {
  const lines = rows.map((cells, index) => `<row r="${index + 1}" spans="1:9">${cells.map((cell, column) => drawCell(cell, cellAddress(index + 1, column), strings)).join("")}</row>`);
  const merged = merges.length === 0 ? "" : `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>`;
  return `<worksheet ${NS}><sheetData>${data ?? lines.join("")}</sheetData>${merged}${after}</worksheet>`;
}

function drawCell(cell: DrawnCell, address: string, strings: string[]): string {
  if (cell === null) return `<c r="${address}" s="0"/>`;
  if (typeof cell === "number") return `<c r="${address}"><v>${cell}</v></c>`;
  if (typeof cell === "boolean") return `<c r="${address}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === "object") return `<c r="${address}"${cell.raw}</c>`;
  if (!strings.includes(cell)) strings.push(cell);
  return `<c r="${address}" t="s"><v>${strings.indexOf(cell)}</v></c>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
