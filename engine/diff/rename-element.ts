import { listRule, propertySchema, schemaOf } from "../language/schema-walk.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import { mapNames } from "./map-names.ts";

/** An element of one of the definition's own lists gets another key. */
export interface ElementRename {
  /** The list's property: `tasks`, `rows`, … */
  readonly list: string;
  /** The property that holds the key: `key`, `id` or `out`. */
  readonly property: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Renames elements and everything in the definition that names them: dependencies and milestones of a task, the cells of
 * a column. So a rename is one change and no rewiring. No new name may be an old one, too.
 */
export function renameElements<D extends JsonObject>(definition: D, renames: readonly ElementRename[]): D {
  const lists = [...new Set(renames.map(({ list }) => list))];
  return lists.reduce<D>((renamed, list) => renameInList(renamed, list, renames.filter((rename) => rename.list === list)), definition);
}

function renameInList<D extends JsonObject>(definition: D, list: string, renames: readonly ElementRename[]): D {
  const schema = schemaOf(definition);
  const element = listRule(propertySchema(schema, list))?.element;
  const properties = [...new Set(renames.map(({ property }) => property))];
  const to = new Map(renames.map((rename) => [`${rename.property} ${rename.from}`, rename.to]));
  const own = definition[list];
  const withKeys: JsonObject = { ...definition, [list]: Array.isArray(own) ? (own as readonly Json[]).map((candidate) => withKey(candidate, properties, to)) : own };
  const names = new Map(renames.map((rename) => [rename.from, rename.to]));
  if (element === "column") return renameCells(withKeys, names) as D;
  return mapNames(withKeys, schema, (thing) => (thing.of === "element" && thing.what === element ? (names.get(thing.name) ?? thing.name) : thing.name)) as D;
}

function withKey(candidate: Json, properties: readonly string[], to: ReadonlyMap<string, string>): Json {
  if (!isJsonObject(candidate)) return candidate;
  for (const property of properties) {
    const name = candidate[property];
    const renamed = typeof name === "string" ? to.get(`${property} ${name}`) : undefined;
    if (renamed !== undefined) return { ...candidate, [property]: renamed };
  }
  return candidate;
}

function renameCells(table: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const { rows, otherwise } = table;
  const cells = (row: Json): Json =>
    isJsonObject(row) && Object.keys(row).some((name) => names.has(name))
      ? Object.fromEntries(Object.entries(row).map(([name, cell]) => [names.get(name) ?? name, cell]))
      : row;
  return {
    ...table,
    ...(Array.isArray(rows) ? { rows: (rows as readonly Json[]).map(cells) } : {}),
    ...(otherwise === undefined ? {} : { otherwise: cells(otherwise) }),
  };
}
