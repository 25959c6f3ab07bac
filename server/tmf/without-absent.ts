import type { Json, JsonObject } from "../../engine/support/json.ts";

/** The properties that have a value: TMF leaves out what is not known, it never says null. */
export function withoutAbsent(properties: { readonly [name: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null && value !== undefined));
}
