import { itemSchema, propertySchema, type Schema } from "../language/schema-walk.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";

/** A place that names something: another definition by its kind, or an element of the same definition. */
export interface NamedThing {
  readonly of: "definition" | "element";
  /** The kind of the definition, or what the list calls the element. */
  readonly what: string;
  readonly name: string;
}

/**
 * The value with every name in it replaced by what `rename` answers; the same object when nothing is. Names are found by
 * the schema: `x-ref` for definitions, `x-names` for elements. A name beside `item` belongs to another item's plan and is
 * left alone.
 */
export function mapNames(value: Json, schema: Schema, rename: (thing: NamedThing) => string): Json {
  if (schema === null || !mayName(schema)) return value;
  if (typeof value === "string") return mapName(value, schema, rename);
  if (Array.isArray(value)) return mapList(value as readonly Json[], itemSchema(schema), rename);
  return isJsonObject(value) ? mapObject(value, schema, rename) : value;
}

function mapObject(value: JsonObject, schema: JsonObject, rename: (thing: NamedThing) => string): JsonObject {
  let copy: { [name: string]: Json | undefined } | null = null;
  for (const name of Object.keys(value)) {
    const member = value[name];
    const inner = propertySchema(schema, name);
    if (member === undefined || inner === null || (value["item"] !== undefined && inner["x-names"] !== undefined)) continue;
    const mapped = mapNames(member, inner, rename);
    if (mapped !== member) (copy ??= { ...value })[name] = mapped;
  }
  return copy ?? value;
}

function mapName(value: string, schema: JsonObject, rename: (thing: NamedThing) => string): string {
  const { "x-ref": kind, "x-names": element } = schema;
  if (typeof kind === "string") return rename({ of: "definition", what: kind, name: value });
  return typeof element === "string" ? rename({ of: "element", what: element, name: value }) : value;
}

function mapList(list: readonly Json[], schema: Schema, rename: (thing: NamedThing) => string): Json {
  const mapped = list.map((element) => mapNames(element, schema, rename));
  return mapped.some((element, index) => element !== list[index]) ? mapped : list;
}

const known = new WeakMap<JsonObject, boolean>();

/** Whether anything written under the schema can name something. Asked of every value, so each schema is read once. */
function mayName(schema: JsonObject): boolean {
  const answer = known.get(schema) ?? (schema["x-ref"] !== undefined || schema["x-names"] !== undefined || partsOf(schema).some(mayName));
  known.set(schema, answer);
  return answer;
}

function partsOf(schema: JsonObject): readonly JsonObject[] {
  const properties = schema["properties"];
  return [...(isJsonObject(properties) ? Object.values(properties) : []), schema["items"], schema["additionalProperties"]].filter(isJsonObject);
}

/** The names of elements that stand in a definition, as `task/reserve-ont`. */
export function elementNamesIn(definition: Json, schema: Schema): ReadonlySet<string> {
  const names = new Set<string>();
  mapNames(definition, schema, ({ of, what, name }) => {
    if (of === "element") names.add(`${what}/${name}`);
    return name;
  });
  return names;
}
