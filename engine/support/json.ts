/** A JSON value. Everything the engine reads, stores and returns is one: no dates, no class instances, no functions. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** A scalar as text; null for everything else. For keys, codes and names that come out of definitions or orders. */
export function textOf(value: Json | undefined): string | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

/** True for a plain JSON object, false for null, lists and scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object with a value at a path; objects on the way are made when they are missing. */
export function setAt(target: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [head = "", ...rest] = path;
  const below = target[head];
  return { ...target, [head]: rest.length === 0 ? value : setAt(isJsonObject(below) ? below : {}, rest, value) };
}
