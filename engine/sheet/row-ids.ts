import { textOf, type Json } from "../support/json.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { columnName, isOutput, type TableColumn } from "./column-side.ts";
import { sha256Hex } from "../support/hash.ts";

/** A row that is to have an id: the one it came with, if any, and its cells. */
export interface RowToName {
  readonly given: string | null;
  readonly cells: { readonly [column: string]: Json };
}

const READABLE_MAX = 32;

/**
 * The ids of rows, in their order. An id that was given stays; of two rows with one id, as copying makes them, `original`
 * says which is the old one (the first when none is). A new row is named after its conditions, with a part of its hash where
 * that name is taken, so that the same row gets the same id at every import. `taken` are ids never to be used again.
 */
export function nameRows(rows: readonly RowToName[], columns: readonly TableColumn[], taken: ReadonlySet<string>, original: (row: RowToName) => boolean): readonly string[] {
  const owner = new Map<string, RowToName>();
  for (const row of rows) {
    if (row.given === null) continue;
    const known = owner.get(row.given);
    if (known === undefined || (!original(known) && original(row))) owner.set(row.given, row);
  }
  const used = new Set([...taken, ...owner.keys()]);
  const copies = new Map<string, number>();
  return rows.map((row) => {
    if (row.given !== null && owner.get(row.given) === row) return row.given;
    const id = freshId(row.cells, columns, used, copies);
    used.add(id);
    return id;
  });
}

function freshId(cells: RowToName["cells"], columns: readonly TableColumn[], used: ReadonlySet<string>, copies: Map<string, number>): string {
  const wordsOf = (side: readonly TableColumn[]): string => slug(side.flatMap((column) => words(cells[columnName(column)] ?? null)).join(" "), READABLE_MAX);
  const readable = wordsOf(columns.filter((column) => !isOutput(column))) || wordsOf(columns.filter(isOutput)) || "row";
  if (!used.has(readable)) return readable;
  const longer = `${readable}-${sha256Hex(canonicalJson(cells)).slice(0, 8)}`;
  for (let copy = copies.get(longer) ?? 1; ; copy += 1) {
    copies.set(longer, copy + 1);
    const id = copy === 1 ? longer : `${longer}-${copy}`;
    if (!used.has(id)) return id;
  }
}

/** Lower-case words of ASCII letters and digits joined by dashes, cut between words; empty when a text has none. */
export function slug(text: string, most: number): string {
  const parts = text.normalize("NFKD").replaceAll(/[\u0300-\u036F]/g, "").toLowerCase().split(/[^a-z0-9]+/).filter((part) => part !== "");
  let name = "";
  for (const part of parts) {
    const longer = name === "" ? part.slice(0, most) : `${name}-${part}`;
    if (longer.length > most) break;
    name = longer;
  }
  return name;
}

function words(value: Json): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(words);
  const text = textOf(value);
  if (text === null) return [];
  const signs: Readonly<Record<string, string>> = { "<=": " up to ", ">=": " from ", "<": " below ", ">": " above " };
  return [text.replaceAll(/[<>]=?/g, (sign) => signs[sign] ?? " ")];
}
