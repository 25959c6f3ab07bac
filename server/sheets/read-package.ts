import type { Archive } from "./archive.ts";
import { readXml } from "./read-xml.ts";
import { SheetProblem } from "./sheet-problem.ts";

/** A relation from one part of a workbook to another. */
export interface Relation {
  readonly id: string;
  /** Last word of its type, such as `worksheet`: the transitional and the strict form of the format differ before it. */
  readonly type: string;
  /** Path inside the archive; null for a target outside. */
  readonly target: string | null;
}

const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const OUTSIDE = /^xl\/(externalLinks|queryTables|model)\/|^xl\/connections\.xml$/i;
const LINKS = new Set(["externallink", "externallinkpath", "connections", "querytable", "powerpivotdata"]);

/** Path of the workbook part. Refuses whatever is no plain .xlsx by what it contains, and what fetches data from elsewhere. */
export function findWorkbook(archive: Archive): string {
  const types = contentTypes(archive);
  const main = relationsOf(archive, "").find(({ type }) => type === "officedocument")?.target ?? null;
  if (main === null) throw unsupported("The file is an archive, but no workbook; send an .xlsx workbook or a CSV file.");
  if (archive.names.some((name) => /vbaproject/i.test(name)) || [...types.values()].some((type) => /macroenabled|vbaproject/i.test(type))) {
    throw unsupported("The workbook holds macros or is binary; save it as .xlsx without macros.");
  }
  if (types.get(main) !== WORKBOOK) throw unsupported("The file is no .xlsx workbook; save it as .xlsx.");
  const outside = archive.names.find((name) => OUTSIDE.test(name));
  if (outside !== undefined || relationsOf(archive, main).some(({ type, target }) => LINKS.has(type) || target === null)) throw fetching();
  return main;
}

/** A workbook that would take data from elsewhere: what it shows is not what it holds. */
export function fetching(): SheetProblem {
  return new SheetProblem("external-link", "The workbook takes data from other files, programs or databases; break the links, keep the values, and save it again.");
}

/** The relations of a part; of the whole archive when `part` is empty. */
export function relationsOf(archive: Archive, part: string): readonly Relation[] {
  const folder = part.slice(0, part.lastIndexOf("/") + 1);
  const path = `${folder}_rels/${part.slice(folder.length)}.rels`;
  const bytes = archive.read(path);
  const relations: Relation[] = [];
  if (bytes === null) return relations;
  readXml(bytes, path, {
    open: (name, attribute) => {
      if (name !== "Relationship") return;
      const type = (attribute("Type") ?? "").toLowerCase();
      const target = attribute("TargetMode")?.toLowerCase() === "external" ? null : resolve(folder, attribute("Target") ?? "");
      relations.push({ id: attribute("Id") ?? "", type: type.slice(type.lastIndexOf("/") + 1), target });
    },
  });
  return relations;
}

/** A part that must exist. */
export function requirePart(archive: Archive, path: string): Uint8Array {
  const bytes = archive.read(path);
  if (bytes === null) throw new SheetProblem("archive-invalid", `The workbook has no file ${path}; save it again.`);
  return bytes;
}

function contentTypes(archive: Archive): ReadonlyMap<string, string> {
  const path = "[Content_Types].xml";
  const bytes = archive.read(path);
  if (bytes === null) throw unsupported("The file is an archive, but no workbook; send an .xlsx workbook or a CSV file.");
  const types = new Map<string, string>();
  readXml(bytes, path, {
    open: (name, attribute) => {
      if (name === "Override") types.set((attribute("PartName") ?? "").replace(/^\//, ""), attribute("ContentType") ?? "");
    },
  });
  return types;
}

function resolve(folder: string, target: string): string {
  const segments: string[] = [];
  for (const segment of (target.startsWith("/") ? target : folder + target).split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments.join("/");
}

function unsupported(message: string): SheetProblem {
  return new SheetProblem("unsupported-media-type", message);
}
