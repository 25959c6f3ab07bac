import { definitionSchemas } from "../../engine/language/definition-schemas.ts";
import type { Kind } from "../../engine/language/kinds.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";

/** The names of a JSON Pointer (RFC 6901), unescaped. */
export function segments(pointer: string): readonly string[] {
  return pointer === "" ? [] : pointer.slice(1).split("/").map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** True when a place is another one or lies inside it. */
export function isInside(pointer: string, around: string): boolean {
  return pointer === around || pointer.startsWith(`${around}/`);
}

/** The schema of a place inside a definition; null where the kind says nothing of it. */
export function schemaAt(kind: Kind, pointer: string): JsonObject | null {
  let schema: Json | undefined = definitionSchemas[kind];
  for (const name of segments(pointer)) {
    if (!isJsonObject(schema)) return null;
    const properties: Json | undefined = schema["properties"];
    if (schema["type"] === "array") schema = schema["items"];
    else schema = isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : schema["additionalProperties"];
  }
  return isJsonObject(schema) ? schema : null;
}

/** What stands at a place; undefined when there is nothing. */
export function valueAt(content: Json, pointer: string): Json | undefined {
  let value: Json | undefined = content;
  for (const name of segments(pointer)) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(name)];
    else value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

/** The content with another value at a place that exists; everything beside the way there is the same object as before. */
export function withValueAt(content: Json, pointer: string, value: Json): Json {
  const [name, ...rest] = segments(pointer);
  if (name === undefined) return value;
  const inner = rest.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  if (Array.isArray(content)) return (content as readonly Json[]).map((entry, index) => (index === Number(name) ? withValueAt(entry, inner, value) : entry));
  if (!isJsonObject(content)) return content;
  return { ...content, [name]: withValueAt(content[name] ?? null, inner, value) };
}
