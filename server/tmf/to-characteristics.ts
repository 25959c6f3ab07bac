import { jsonPointer } from "../../engine/support/json-pointer.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import { isReservedName } from "../api/reserved-names.ts";
import type { Field } from "./field.ts";

/** `name`/`value` pairs -> one object. Values keep their JSON type: `"true"` stays a text, and the order schema refuses it. */
export function toCharacteristics(field: Field, note: (pointer: string, source: string) => void): JsonObject {
  const characteristics = new Map<string, Json>();
  for (const pair of field.list()) {
    const name = pair.get("name").require(pair.get("name").text());
    if (name === null) continue;
    if (isReservedName(name)) pair.get("name").refuse("forbidden-property", "This name is reserved; choose another one.");
    if (characteristics.has(name)) pair.get("name").refuse("invalid-value", "Send each characteristic of a product once.");
    characteristics.set(name, pair.get("value").value ?? null);
    note(jsonPointer(name), pair.get("value").pointer);
  }
  return Object.fromEntries([...characteristics].filter(([name]) => !isReservedName(name)));
}
