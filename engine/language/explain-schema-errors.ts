import type { ErrorObject } from "ajv/dist/2020.js";
import { isJsonObject, type Json } from "../support/json.ts";
import type { SchemaViolation } from "./compile-json-schema.ts";
import { jsonPointer } from "../support/json-pointer.ts";

/** A violation with the diagnostic code that the schema names for it (`x-code`), if it names one. */
export interface ExplainedError extends SchemaViolation {
  readonly code: string | null;
}

const TYPE_WORDS: { readonly [type: string]: string } = {
  string: "a text", number: "a number", integer: "a whole number", boolean: "true or false", object: "an object", array: "a list", null: "null",
};

/**
 * Turns ajv's errors (made with `verbose`) into sentences that say what to do, one per cause: the branches of a `oneOf`
 * and the bookkeeping of `if` are left out, and a place is named once per sentence.
 */
export function explainSchemaErrors(errors: readonly ErrorObject[]): ExplainedError[] {
  const choices = errors.filter((error) => error.keyword === "oneOf" || error.keyword === "anyOf");
  const explained: ExplainedError[] = [];
  const seen = new Set<string>();
  for (const error of errors) {
    if (error.keyword === "if" || error.propertyName !== undefined) continue;
    if (choices.some((choice) => isBranchError(error, choice))) continue;
    const path = placeOf(error);
    const message = sentence(error);
    const identity = `${path} ${message}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    explained.push({ path, message, code: codeOf(error) });
  }
  return explained;
}

/** True for an error inside a branch of a choice; a branch behind a reference has a schema path of its own. */
function isBranchError(error: ErrorObject, choice: ErrorObject): boolean {
  if (error.schemaPath.startsWith(`${choice.schemaPath}/`)) return true;
  return error !== choice && error.instancePath === choice.instancePath && error.schemaPath.startsWith("#/$defs/");
}

/** The place of the property that is missing or too much, else of the value itself. */
function placeOf(error: ErrorObject): string {
  const extra: unknown = error.params["additionalProperty"] ?? error.params["unevaluatedProperty"] ?? error.params["propertyName"];
  return error.instancePath + (typeof extra === "string" ? jsonPointer(extra) : "");
}

function codeOf(error: ErrorObject): string | null {
  const schema = error.parentSchema as Json | undefined;
  if (!isJsonObject(schema)) return null;
  const missing: unknown = error.params["missingProperty"];
  if (typeof missing !== "string") return namedCode(schema["x-code"], error.keyword);
  const properties = schema["properties"];
  const property = isJsonObject(properties) ? properties[missing] : undefined;
  return isJsonObject(property) ? namedCode(property["x-code"], error.keyword) : null;
}

/** `x-code` is a code for whatever is wrong, or one code per keyword. */
function namedCode(mark: Json | undefined, keyword: string): string | null {
  const code = isJsonObject(mark) ? mark[keyword] : mark;
  return typeof code === "string" ? code : null;
}

function sentence(error: ErrorObject): string {
  const params = error.params as { readonly [name: string]: unknown };
  const limit = String(params["limit"]);
  switch (error.keyword) {
    case "required": return `The property "${String(params["missingProperty"])}" is missing; add it.`;
    case "dependentRequired": return `"${String(params["property"])}" also needs "${String(params["missingProperty"])}"; add it.`;
    case "additionalProperties": case "unevaluatedProperties": return `The property "${lastSegment(placeOf(error))}" is not known here; remove it or correct its name.`;
    case "propertyNames": return `The name "${String(params["propertyName"])}" is not allowed here; correct it.`;
    case "false schema": return `The property "${lastSegment(error.instancePath)}" does not belong here; remove it.`;
    case "type": return `This must be ${typeWords(params["type"])}.`;
    case "enum": return `This must be one of ${list(params["allowedValues"])}.`;
    case "const": return `This must be ${JSON.stringify(params["allowedValue"])}.`;
    case "pattern": return `The text ${shorten(error.data)} does not have the form ${String(params["pattern"])}.`;
    case "format": return `The text ${shorten(error.data)} is not a valid ${String(params["format"])}.`;
    case "minLength": return limit === "1" ? "This text must not be empty." : `This text needs at least ${limit} characters.`;
    case "maxLength": return `This text may have at most ${limit} characters.`;
    case "minimum": return `This must be ${limit} or more.`;
    case "maximum": return `This must be ${limit} or less.`;
    case "exclusiveMinimum": return `This must be more than ${limit}.`;
    case "exclusiveMaximum": return `This must be less than ${limit}.`;
    case "multipleOf": return `This must be a multiple of ${String(params["multipleOf"])}.`;
    case "minItems": return `This list needs at least ${limit} ${limit === "1" ? "entry" : "entries"}.`;
    case "maxItems": return `This list may have at most ${limit} entries.`;
    case "uniqueItems": return `Entries ${String(params["j"])} and ${String(params["i"])} are the same; remove one.`;
    case "minProperties": return `This needs at least ${limit} ${limit === "1" ? "property" : "properties"}.`;
    case "maxProperties": return `This may have at most ${limit} properties.`;
    case "contains": return "This list lacks an entry that it must contain.";
    case "not": return "This value is not allowed here.";
    case "oneOf": case "anyOf": return choiceSentence(error);
    default: return `This does not fit: ${error.message ?? error.keyword}.`;
  }
}

/** Branches that only name required properties read as a choice between these properties. */
function choiceSentence(error: ErrorObject): string {
  const branches = error.schema as Json;
  const names = Array.isArray(branches) ? (branches as readonly Json[]).map(requiredNames) : [];
  if (names.length === 0 || names.includes(null)) return "This fits none of the allowed forms, or several; choose one.";
  return `Give exactly one of ${names.join(", ")}.`;
}

function requiredNames(branch: Json): string | null {
  const required = isJsonObject(branch) ? branch["required"] : undefined;
  return Array.isArray(required) ? (required as readonly Json[]).map((name) => JSON.stringify(name)).join(" with ") : null;
}

function typeWords(type: unknown): string {
  const types = (Array.isArray(type) ? type : [type]).map((each: unknown) => TYPE_WORDS[String(each)] ?? String(each));
  return types.join(" or ");
}

function list(values: unknown): string {
  if (!Array.isArray(values)) return JSON.stringify(values);
  const shown = values.slice(0, 20).map((value: unknown) => JSON.stringify(value));
  return shown.join(", ") + (values.length > 20 ? ", …" : "");
}

function shorten(data: unknown): string {
  const text = JSON.stringify(data) ?? "";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function lastSegment(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1).replaceAll("~1", "/").replaceAll("~0", "~");
}
