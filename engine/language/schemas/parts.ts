import type { Json, JsonObject } from "../../support/json.ts";

/**
 * The words of a property: what forms print above the field, what they explain and what they show as a sample. Every
 * property of every kind has all three, so the parts below ask for them.
 */
type Extra = { readonly [keyword: string]: Json };

/** A text that is not empty. */
export function text(title: string, description: string, examples: readonly Json[], extra: Extra = {}): JsonObject {
  return { type: "string", minLength: 1, title, description, examples, ...extra };
}

/** One of a closed list of texts. */
export function choice(title: string, description: string, values: readonly string[], extra: Extra = {}): JsonObject {
  return { type: "string", enum: values, title, description, examples: values.slice(0, 1), ...extra };
}

export function flag(title: string, description: string, example: boolean, extra: Extra = {}): JsonObject {
  return { type: "boolean", title, description, examples: [example], ...extra };
}

export function number(title: string, description: string, example: number, extra: Extra = {}): JsonObject {
  return { type: "number", title, description, examples: [example], ...extra };
}

export function integer(title: string, description: string, example: number, extra: Extra = {}): JsonObject {
  return { type: "integer", title, description, examples: [example], ...extra };
}

/** A kebab-case name. */
export function key(title: string, description: string, example: string, extra: Extra = {}): JsonObject {
  return text(title, description, [example], { pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", maxLength: 80, ...extra });
}

/** The key of another definition; `x-ref` names its kind, so forms offer a list and the compiler resolves it. */
export function reference(title: string, description: string, kind: string, example: string, extra: Extra = {}): JsonObject {
  return text(title, description, [example], { "x-ref": kind, ...extra });
}

/** The key of an element of the same definition (`x-names`), or of another item's when `item` stands beside it. */
export function named(title: string, description: string, element: string, example: string): JsonObject {
  return text(title, description, [example], { "x-names": element });
}

/** A fixed span of time, ISO 8601. */
export function duration(title: string, description: string, example: string, extra: Extra = {}): JsonObject {
  return text(title, description, [example], { "x-editor": "duration", ...extra });
}

/** Literal JSON or, behind a leading `=`, a FEEL expression. */
export function value(title: string, description: string, examples: readonly Json[], extra: Extra = {}): JsonObject {
  return { title, description, examples, "x-editor": "value", ...extra };
}

/** A text, literal or FEEL. */
export function textValue(title: string, description: string, examples: readonly Json[], extra: Extra = {}): JsonObject {
  return text(title, description, examples, { "x-editor": "value", ...extra });
}

/** Named literals and FEEL expressions. */
export function values(title: string, description: string, example: JsonObject, extra: Extra = {}): JsonObject {
  return {
    type: "object", title, description, examples: [example], additionalProperties: { "x-editor": "value" }, ...extra,
  };
}

/** A condition. Its grammar is checked by the compiler, which explains it better than a schema can. */
export function condition(title: string, description: string, example: JsonObject, extra: Extra = {}): JsonObject {
  return { type: "object", title, description, examples: [example], "x-editor": "condition", ...extra };
}

/** A JSON Schema the definition carries. */
export function jsonSchema(title: string, description: string, example: JsonObject, extra: Extra = {}): JsonObject {
  return { type: "object", title, description, examples: [example], "x-editor": "json-schema", ...extra };
}

/** One text per language. English is the default and must be there. */
export function localizedText(title: string, description: string, example: JsonObject): JsonObject {
  return {
    type: "object", title, description, examples: [example], minProperties: 1,
    additionalProperties: { type: "string", minLength: 1, "x-editor": "value" },
    propertyNames: { pattern: "^[a-z]{2}(-[A-Z]{2})?$" },
    required: ["en"], "x-editor": "localized-text",
  };
}

/**
 * What is said of a list whose elements have a name of their own: what one is called, which properties tell them apart
 * (those it has of them), whether their order means anything, and whether each is written on one line.
 */
export interface ListRule {
  readonly element: string;
  readonly identity: readonly string[];
  /** `rows` and `columns` of a decision table: its hit policy says. */
  readonly order: "meaning" | "none" | "rows" | "columns";
  readonly line: boolean;
}

/** The keyword `x-list`: elements that are told apart by name, each on a line of its own unless `rule` says otherwise. */
export function elements(element: string, identity: readonly string[], rule: Partial<Pick<ListRule, "order" | "line">> = {}): Extra {
  return { "x-list": { element, identity, order: rule.order ?? "none", line: rule.line ?? true } };
}

export function list(
  title: string, description: string, items: JsonObject, examples: readonly Json[], extra: Extra = {},
): JsonObject {
  return { type: "array", title, description, items, examples, ...extra };
}

/** An object whose properties are all known. */
export function record(
  title: string, description: string, properties: { readonly [name: string]: JsonObject }, required: readonly string[],
  examples: readonly Json[], extra: Extra = {},
): JsonObject {
  return { type: "object", title, description, additionalProperties: false, properties, required, examples, ...extra };
}

/** A rule between properties: while the condition holds, some are required and others do not belong here. */
export function whenever(
  holds: JsonObject, required: readonly string[], foreign: readonly string[],
  { otherwise, codes = {} }: { readonly otherwise?: JsonObject; readonly codes?: { readonly [property: string]: string } } = {},
): JsonObject {
  const marks = Object.entries(codes).map(([name, code]) => [name, { "x-code": code }] as const);
  const consequence = { required, properties: Object.fromEntries<Json>([...foreign.map((name) => [name, false] as const), ...marks]) };
  // oxlint-disable-next-line unicorn/no-thenable -- the keyword of JSON Schema, not a promise
  return { if: { properties: holds }, then: consequence, ...(otherwise ? { else: otherwise } : {}) };
}
