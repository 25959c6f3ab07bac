import type { Sheet, Workbook } from "../../engine/sheet/workbook.ts";
import { openArchive } from "./archive.ts";
import { SHEET_LIMITS } from "./limits.ts";
import { fetching, findWorkbook, relationsOf, requirePart } from "./read-package.ts";
import { readStrings } from "./read-strings.ts";
import { isTrue, readStyles } from "./read-styles.ts";
import { readWorksheet } from "./read-worksheet.ts";
import { readXml } from "./read-xml.ts";
import { SheetProblem } from "./sheet-problem.ts";

interface Listed {
  readonly name: string;
  readonly relation: string;
  readonly visibility: Sheet["visibility"];
}

/**
 * Reads an .xlsx workbook (ECMA-376): values as they are stored, formulas as texts that nobody evaluates, merged areas,
 * hidden sheets and rows. Charts, pictures, comments and formats are not looked at. Throws `SheetProblem`.
 */
export function readXlsx(bytes: Uint8Array): Workbook {
  const archive = openArchive(bytes);
  const main = findWorkbook(archive);
  const relations = relationsOf(archive, main);
  const pathOf = (type: string): string | undefined => relations.find((relation) => relation.type === type)?.target ?? undefined;
  const { listed, dateSystem } = readWorkbookPart(requirePart(archive, main), main);
  const part = (type: string): readonly [Uint8Array | null, string] => {
    const path = pathOf(type);
    return path === undefined ? [null, type] : [requirePart(archive, path), path];
  };
  const context = { strings: readStrings(...part("sharedstrings")), styles: readStyles(...part("styles")), budget: { cells: SHEET_LIMITS.cells } };
  const sheets = listed.flatMap(({ name, relation, visibility }): readonly Sheet[] => {
    const target = relations.find(({ id, type }) => id === relation && type === "worksheet")?.target;
    // Charts and dialogs are sheets, too, but have no cells.
    if (target === undefined || target === null) return [];
    return [{ name, visibility, ...readWorksheet(requirePart(archive, target), target, name, context) }];
  });
  return { sheets, typed: true, dateSystem };
}

function readWorkbookPart(bytes: Uint8Array, part: string): { readonly listed: readonly Listed[]; readonly dateSystem: Workbook["dateSystem"] } {
  const listed: Listed[] = [];
  let dateSystem: Workbook["dateSystem"] = 1900;
  readXml(bytes, part, {
    open: (name, attribute) => {
      if (name === "workbookPr" && isTrue(attribute("date1904"))) dateSystem = 1904;
      if (name === "externalReference") throw fetching();
      if (name !== "sheet") return;
      const state = attribute("state");
      listed.push({
        name: attribute("name") ?? "", relation: attribute("id") ?? "",
        visibility: state === "hidden" ? "hidden" : state === "veryHidden" ? "very-hidden" : "visible",
      });
    },
  });
  if (listed.length > SHEET_LIMITS.sheets) throw new SheetProblem("archive-invalid", `The workbook has ${listed.length} sheets; at most ${SHEET_LIMITS.sheets} are read.`);
  return { listed, dateSystem };
}
