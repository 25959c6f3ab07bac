import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import { definitionSchemas } from "./definition-schemas.ts";
import type { Kind } from "./kinds.ts";
import type { ListRule } from "./schemas/parts.ts";

/** The schema a value is written under; null where the author is free. */
export type Schema = JsonObject | null;

/** The schema of a whole definition by its `kind`; null for anything else, such as a layout file. */
export function schemaOf(definition: Json): Schema {
  const kind = isJsonObject(definition) ? definition["kind"] : undefined;
  return typeof kind === "string" && Object.hasOwn(definitionSchemas, kind) ? definitionSchemas[kind as Kind] : null;
}

/** What stands inside a JSON Schema that a definition carries: free objects and lists, which have no schema of ours. */
export const CARRIED: JsonObject = { "x-editor": "json-schema" };

/** The schema of one property of an object written under `schema`. */
export function propertySchema(schema: Schema, name: string): Schema {
  if (isCarried(schema)) return CARRIED;
  const properties = schema?.["properties"];
  const named = isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : schema?.["additionalProperties"];
  return isJsonObject(named) ? named : null;
}

/** The schema of the elements of a list written under `schema`. */
export function itemSchema(schema: Schema): Schema {
  if (isCarried(schema)) return CARRIED;
  const items = schema?.["items"];
  return isJsonObject(items) ? items : null;
}

/** The schema of a place inside a definition: names of properties, and one step of any name into a list. */
export function schemaAt(kind: Kind, path: readonly string[]): Schema {
  return schemaBelow(definitionSchemas[kind], path);
}

/** The schema of a place inside what is written under `schema`. */
export function schemaBelow(schema: Schema, path: readonly string[]): Schema {
  return path.reduce<Schema>((reached, step) => (reached?.["type"] === "array" ? itemSchema(reached) : propertySchema(reached, step)), schema);
}

/** How the elements of a list written under `schema` are told apart; null when it does not say. */
export function listRule(schema: Schema): ListRule | null {
  const rule = schema?.["x-list"];
  return isJsonObject(rule) ? (rule as unknown as ListRule) : null;
}

/** The properties of an object whose properties are all known, in the order of the schema; null for a free object. */
export function knownProperties(schema: Schema): readonly string[] | null {
  const properties = schema?.["properties"];
  return schema?.["additionalProperties"] === false && isJsonObject(properties) ? Object.keys(properties) : null;
}

function isCarried(schema: Schema): boolean {
  return schema?.["x-editor"] === CARRIED["x-editor"];
}
