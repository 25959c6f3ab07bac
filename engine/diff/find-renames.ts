import { itemSchema, listRule, propertySchema, schemaOf, type Schema } from "../language/schema-walk.ts";
import type { Definition } from "../language/kinds.ts";
import type { ListRule } from "../language/schemas/parts.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import { elementNamesIn, mapNames } from "./map-names.ts";
import { pairRenamed, type Candidate } from "./pair-renamed.ts";
import { mapReferences, type DefinitionRename } from "./rename-definition.ts";
import type { ElementRename } from "./rename-element.ts";

const KEYS: ReadonlySet<string> = new Set(["key", "id", "out"]);

/**
 * Definitions that have another key and, for the most part, the same content. A key that is still, or was already, named
 * somewhere is no rename: what refers to it would have to change its meaning.
 */
export function findDefinitionRenames(before: readonly Definition[], after: readonly Definition[]): readonly DefinitionRename[] {
  const keysAfter = new Set(after.map(idOf));
  const keysBefore = new Set(before.map(idOf));
  const gone = before.filter((definition) => !keysAfter.has(idOf(definition)));
  const fresh = after.filter((definition) => !keysBefore.has(idOf(definition)));
  const namedBefore = namesIn(before);
  const namedAfter = namesIn(after);
  const kinds = [...new Set(gone.map(({ kind }) => kind))].sort();
  return kinds.flatMap((kind) =>
    pairRenamed(candidates(gone, kind), candidates(fresh, kind))
      .map(([from, to]) => ({ kind, from, to }))
      .filter(({ from, to }) => !namedAfter.has(`${kind}/${from}`) && !namedBefore.has(`${kind}/${to}`)));
}

const idOf = ({ kind, key }: Definition): string => `${kind}/${key}`;

function candidates(definitions: readonly Definition[], kind: string): Candidate[] {
  const sorted = definitions.filter((definition) => definition.kind === kind).sort((left, right) => (left.key < right.key ? -1 : 1));
  return sorted.map(({ kind: _kind, key, version: _version, ...rest }) => {
    const content = rest as unknown as JsonObject;
    return { name: key, content, blank: content };
  });
}

function namesIn(definitions: readonly Definition[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const definition of definitions) {
    mapReferences(definition, ({ what, name }) => {
      names.add(`${what}/${name}`);
      return name;
    });
  }
  return names;
}

/**
 * Elements of the definition's own lists (tasks, milestones, rows, columns, …) that have another key and, for the most
 * part, the same content.
 */
export function findElementRenames(before: JsonObject, after: JsonObject): readonly ElementRename[] {
  const schema = schemaOf(after);
  return Object.keys(after).flatMap((list) => {
    const listSchema = propertySchema(schema, list);
    const rule = listRule(listSchema);
    const [left, right] = [before[list], after[list]];
    if (rule === null || !isRenamable(rule) || !Array.isArray(left) || !Array.isArray(right)) return [];
    return rule.identity.flatMap((property) => {
      const gone = unknownTo(right as readonly Json[], left as readonly Json[], property, itemSchema(listSchema));
      const fresh = unknownTo(left as readonly Json[], right as readonly Json[], property, itemSchema(listSchema));
      if (gone.length === 0 || fresh.length === 0) return [];
      const [namedBefore, namedAfter] = [namesOf(before, schema, rule), namesOf(after, schema, rule)];
      return pairRenamed(gone, fresh)
        .filter(([from, to]) => !namedAfter.has(`${rule.element}/${from}`) && !namedBefore.has(`${rule.element}/${to}`))
        .map(([from, to]) => ({ list, property, from, to }));
    });
  });
}

/** Elements whose only property of identity is a key. */
function isRenamable(rule: ListRule): boolean {
  return rule.identity.length > 0 && rule.identity.every((name) => KEYS.has(name));
}

/** The elements of the one list whose key stands once in it and never in the other. */
function unknownTo(other: readonly Json[], list: readonly Json[], property: string, schema: Schema): Candidate[] {
  const keyOf = (element: Json): Json | undefined => (isJsonObject(element) ? element[property] : undefined);
  const known = new Set(other.map(keyOf));
  const counts = new Map<Json | undefined, number>();
  for (const element of list) counts.set(keyOf(element), (counts.get(keyOf(element)) ?? 0) + 1);
  return list.flatMap((element) => {
    const name = keyOf(element);
    if (typeof name !== "string" || known.has(name) || counts.get(name) !== 1) return [];
    const { [property]: _name, ...content } = element as JsonObject;
    return [{ name, content, blank: mapNames(content, schema, (thing) => (thing.of === "element" ? "" : thing.name)) as JsonObject }];
  });
}

/** Every name of such an element that stands in the definition; columns are named by the cells of the rows. */
function namesOf(definition: JsonObject, schema: Schema, { element }: ListRule): ReadonlySet<string> {
  if (element !== "column") return elementNamesIn(definition, schema);
  const rows = Array.isArray(definition["rows"]) ? (definition["rows"] as readonly Json[]) : [];
  return new Set([...rows, definition["otherwise"]].flatMap((row) => (isJsonObject(row) ? Object.keys(row).map((name) => `${element}/${name}`) : [])));
}
