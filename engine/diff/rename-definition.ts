import { OUTPUT_REFERENCES } from "../language/references-of.ts";
import { schemaOf } from "../language/schema-walk.ts";
import type { Definition, Kind } from "../language/kinds.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import { mapNames, type NamedThing } from "./map-names.ts";

/** A definition gets another key. */
export interface DefinitionRename {
  readonly kind: Kind;
  readonly from: string;
  readonly to: string;
}

/** Renames definitions and every reference to them in the release. */
export function renameDefinitions(definitions: readonly Definition[], renames: readonly DefinitionRename[]): readonly Definition[] {
  if (renames.length === 0) return definitions;
  const to = new Map(renames.map((rename) => [`${rename.kind}/${rename.from}`, rename.to]));
  return definitions.map((definition) => {
    const key = to.get(`${definition.kind}/${definition.key}`);
    const renamed = key === undefined ? definition : { ...definition, key };
    return mapReferences(renamed, ({ what, name }) => to.get(`${what}/${name}`) ?? name);
  });
}

/** The definition with every reference to another one replaced by what `rename` answers. */
export function mapReferences(definition: Definition, rename: (thing: NamedThing) => string): Definition {
  const mapped = mapNames(definition as unknown as Json, schemaOf(definition as unknown as Json), (thing) => (thing.of === "definition" ? rename(thing) : thing.name));
  return (definition.kind === "decision-table" ? mapOutputs(mapped as JsonObject, rename) : mapped) as unknown as Definition;
}

function mapOutputs(table: JsonObject, rename: (thing: NamedThing) => string): JsonObject {
  const columns = Array.isArray(table["columns"]) ? (table["columns"] as readonly Json[]) : [];
  const outputs = Object.entries(OUTPUT_REFERENCES).filter(([output]) => columns.some((column) => isJsonObject(column) && column["out"] === output));
  if (outputs.length === 0) return table;
  const answers = (row: Json): Json => {
    if (!isJsonObject(row)) return row;
    const cells = outputs.flatMap(([output, what]) => {
      const name = row[output];
      const renamed = typeof name === "string" ? rename({ of: "definition", what, name }) : name;
      return renamed === name ? [] : [[output, renamed] as const];
    });
    return cells.length === 0 ? row : { ...row, ...Object.fromEntries(cells) };
  };
  const { rows, otherwise } = table;
  return {
    ...table,
    ...(Array.isArray(rows) ? { rows: (rows as readonly Json[]).map(answers) } : {}),
    ...(otherwise === undefined ? {} : { otherwise: answers(otherwise) }),
  };
}
