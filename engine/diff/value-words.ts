import { itemSchema, propertySchema, type Schema } from "../language/schema-walk.ts";
import { parseDurationMs } from "../support/duration.ts";
import { formatSpan } from "../support/format-span.ts";
import { isJsonObject, type Json } from "../support/json.ts";
import { conditionInWords } from "./condition-words.ts";

/** The title of something that a value names: a definition by kind, or an element of the definition the value is in. */
export type TitleOf = (of: "definition" | "element", what: string, name: string) => string | undefined;

/** Longest JSON that is shown as it is; the rest of a longer one is left to the text of the file. */
const LONGEST_JSON = 120;

/**
 * A value as a business reader expects it: spans as `4 h`, references by title in asterisks, flags as yes and no, FEEL as
 * it stands, conditions as sentences.
 */
export function valueInWords(value: Json | undefined, schema: Schema, titleOf: TitleOf): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return textInWords(value, schema, titleOf);
  if (schema?.["x-editor"] === "condition") return conditionInWords(value, (part) => valueInWords(part, null, titleOf));
  if (Array.isArray(value)) return listInWords(value as readonly Json[], schema, titleOf);
  if (isJsonObject(value) && schema !== null && schema["x-editor"] !== "json-schema") {
    return Object.entries(value).map(([name, member]) => `${wordOf(schema, name)} ${valueInWords(member, propertySchema(schema, name), titleOf)}`).join(", ");
  }
  return shortened(JSON.stringify(value));
}

/** A text as it stands in the file, set apart from the words around it. */
export function codeOf(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}

/** A cell of a decision table: its literals or its FEEL, spans in words; where it names a definition, the title of that. */
export function cellInWords(cell: Json | undefined, title: string | undefined): string {
  if (cell === undefined) return "–";
  if (title !== undefined) return `*${title}*`;
  if (Array.isArray(cell)) return (cell as readonly Json[]).map((literal) => cellInWords(literal, undefined)).join(", ");
  return typeof cell === "string" ? spanOf(cell) : shortened(JSON.stringify(cell));
}

/** What a property is called: its title in the schema as it stands in a sentence, else its name. */
export function wordOf(schema: Schema, name: string): string {
  const title = propertySchema(schema, name)?.["title"];
  const isNamed = isJsonObject(schema?.["properties"]) && Object.hasOwn(schema["properties"], name);
  return isNamed && typeof title === "string" ? lowerFirst(title) : name;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function textInWords(text: string, schema: Schema, titleOf: TitleOf): string {
  if (text.startsWith("=")) return codeOf(text);
  const { "x-ref": kind, "x-names": element, "x-editor": editor } = schema ?? {};
  if (typeof kind === "string") return `*${titleOf("definition", kind, text) ?? text}*`;
  if (typeof element === "string") return `*${titleOf("element", element, text) ?? text}*`;
  if (editor === "duration") return spanOf(text);
  if (Array.isArray(schema?.["enum"])) return inWords(text);
  return schema !== null && editor === undefined && schema["pattern"] === undefined ? `"${text}"` : text;
}

function listInWords(list: readonly Json[], schema: Schema, titleOf: TitleOf): string {
  return list.length === 0 ? "none" : list.map((element) => valueInWords(element, itemSchema(schema), titleOf)).join(", ");
}

/** `MARK_OUTCOME_UNKNOWN` as `mark outcome unknown`. */
export function inWords(name: string): string {
  return /^[A-Z][A-Z0-9_]*$/.test(name) ? name.toLowerCase().replaceAll("_", " ") : name;
}

function spanOf(text: string): string {
  const ms = parseDurationMs(text);
  return ms === null ? text : formatSpan(ms);
}

function shortened(text: string): string {
  return text.length <= LONGEST_JSON ? text : `${text.slice(0, LONGEST_JSON)}…`;
}
