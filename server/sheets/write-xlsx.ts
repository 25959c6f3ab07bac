import type { Sheet, Workbook } from "../../engine/sheet/workbook.ts";
import { writeArchive } from "./write-archive.ts";
import { escapeXml, worksheetXml } from "./worksheet-xml.ts";
import { stylesXml } from "./xlsx-styles.ts";

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** A workbook as .xlsx bytes (ECMA-376 transitional). The same workbook always gives the same bytes. */
export function writeXlsx({ sheets }: Workbook): Uint8Array {
  const files = new Map<string, string>();
  const add = (path: string, xml: string): void => void files.set(path, HEAD + xml);
  add("[Content_Types].xml", contentTypesXml(sheets));
  add("_rels/.rels", relationsXml([`Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"`]));
  add("xl/workbook.xml", workbookXml(sheets));
  add("xl/_rels/workbook.xml.rels", relationsXml([
    ...sheets.map((_, index) => `Id="rId${index + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${index + 1}.xml"`),
    `Id="rId${sheets.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"`,
  ]));
  add("xl/styles.xml", stylesXml());
  sheets.forEach((sheet, index) => add(`xl/worksheets/sheet${index + 1}.xml`, worksheetXml(sheet, index === 0)));
  return writeArchive(files);
}

function contentTypesXml(sheets: readonly Sheet[]): string {
  const override = (path: string, type: string): string => `<Override PartName="/xl/${path}" ContentType="${TYPE}.${type}+xml"/>`;
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/>${override("workbook.xml", "sheet.main")}` +
    `${sheets.map((_, index) => override(`worksheets/sheet${index + 1}.xml`, "worksheet")).join("")}${override("styles.xml", "styles")}</Types>`;
}

function relationsXml(relations: readonly string[]): string {
  return `<Relationships xmlns="${PACKAGE}/relationships">${relations.map((relation) => `<Relationship ${relation}/>`).join("")}</Relationships>`;
}

function workbookXml(sheets: readonly Sheet[]): string {
  const state = { "visible": "", "hidden": ' state="hidden"', "very-hidden": ' state="veryHidden"' } as const;
  const listed = sheets.map(({ name, visibility }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${state[visibility]} r:id="rId${index + 1}"/>`);
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${listed.join("")}</sheets></workbook>`;
}
