import { openArchive, type Archive } from "../../../server/sheets/archive.ts";
import { makeArchive } from "../sheets/make-archive.ts";

const SHEET = "xl/worksheets/sheet1.xml";
const WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels";
const CONTENT_TYPES = "[Content_Types].xml";

/** Changes cells of a workbook's first sheet and saves it as spreadsheet programs do: every text goes into the table of shared strings. */
export function editAsSpreadsheet(workbook: Uint8Array, cells: { readonly [address: string]: string }): Uint8Array {
  const parts = openArchive(workbook);
  const strings: string[] = [];
  const left = new Set(Object.keys(cells));
  const share = (text: string) => strings.push(text) - 1;
  const sheet = textOf(parts, SHEET).replace(/<c r="([A-Z]+\d+)"( s="\d+")? t="inlineStr"><is><t[^>]*>([^<]*)<\/t><\/is><\/c>/g, (_cell, address: string, style = "", text: string) => {
    left.delete(address);
    return `<c r="${address}"${style as string} t="s"><v>${share(cells[address] ?? text)}</v></c>`;
  });
  if (left.size > 0) throw new Error(`The sheet has no texts in ${[...left].join(", ")}`);
  const table = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${strings.map((text) => `<si><t xml:space="preserve">${text}</t></si>`).join("")}</sst>`;
  const relation = '<Relationship Id="rIdStrings" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>';
  const type = '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>';
  const changed = new Map([
    [SHEET, sheet],
    ["xl/sharedStrings.xml", table],
    [WORKBOOK_RELATIONS, textOf(parts, WORKBOOK_RELATIONS).replace("</Relationships>", `${relation}</Relationships>`)],
    [CONTENT_TYPES, textOf(parts, CONTENT_TYPES).replace("</Types>", `${type}</Types>`)],
  ]);
  const names = new Set([...parts.names, ...changed.keys()]);
  return makeArchive([...names].map((name) => ({ name, content: changed.get(name) ?? textOf(parts, name) })));
}

function textOf(parts: Archive, name: string): string {
  const bytes = parts.read(name);
  if (bytes === null) throw new Error(`The workbook has no ${name}`);
  return new TextDecoder().decode(bytes);
}
