import { itemSchema, listRule, type Schema } from "../language/schema-walk.ts";
import type { ListRule } from "../language/schemas/parts.ts";
import { isJsonObject, type Json } from "../support/json.ts";
import { identityOf } from "./element-names.ts";

/** Values that are one thought of their author and never taken apart: a condition, a FEEL value, a cell. */
const WHOLE: ReadonlySet<string> = new Set(["condition", "value", "cell"]);

/** A list of scalars that holds each once, such as holidays: each is an entry of its own, and their order means nothing. */
const ENTRIES: ListRule = { element: "entry", identity: [], order: "none", line: true };

/** How the elements of both lists are told apart, or null when the list is one value to its author. A missing list has no elements. */
export function commonListRule(left: Json | undefined, right: Json | undefined, schema: Schema): ListRule | null {
  const isList = (value: Json | undefined): boolean => value === undefined || Array.isArray(value);
  if (!isList(left) || !isList(right)) return null;
  const rule = listRule(schema);
  if (rule !== null || isWhole(schema)) return rule;
  return itemSchema(schema) !== null && left !== undefined && right !== undefined && isSet(left) && isSet(right) ? ENTRIES : null;
}

/** Whether both are objects whose properties are looked at one by one. */
export function haveCommonProperties(left: Json | undefined, right: Json | undefined, schema: Schema): boolean {
  return isJsonObject(left) && isJsonObject(right) && !isWhole(schema);
}

function isWhole(schema: Schema): boolean {
  const editor = schema?.["x-editor"];
  return schema === null || (typeof editor === "string" && WHOLE.has(editor));
}

function isSet(value: Json): boolean {
  const list = value as readonly Json[];
  return list.every((entry) => entry === null || typeof entry !== "object") && new Set(list.map((entry) => identityOf(entry, ENTRIES))).size === list.length;
}
