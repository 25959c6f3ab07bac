import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import { checkPattern } from "./check-pattern.ts";
import type { Report } from "./diagnostic.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import { LIMITS } from "./limits.ts";

/** How the value of a keyword is looked at. */
type Reading = "data" | "schema" | "schemas" | "named-schemas" | "pattern" | "patterned-schemas" | "format";

const KEYWORDS: ReadonlyMap<string, Reading> = new Map([
  ...read("data", "title description examples default deprecated readOnly type enum const required dependentRequired"),
  ...read("data", "minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf"),
  ...read("data", "minItems maxItems uniqueItems minContains maxContains minProperties maxProperties"),
  ...read("schema", "additionalProperties propertyNames unevaluatedProperties unevaluatedItems items contains not if then else"),
  ...read("schemas", "prefixItems allOf anyOf oneOf"),
  ...read("named-schemas", "properties dependentSchemas"),
  ...read("patterned-schemas", "patternProperties"),
  ...read("pattern", "pattern"),
  ...read("format", "format"),
]);

function read(reading: Reading, keywords: string): (readonly [string, Reading])[] {
  return keywords.split(" ").map((keyword) => [keyword, reading] as const);
}

/** Formats that are checked; `condition` marks a parameter that holds a condition. */
const FORMATS: ReadonlySet<string> = new Set(["date-time", "date", "duration", "email", "condition"]);

/**
 * What must hold before a schema that an author wrote is given to the validator: only known keywords and formats, no
 * references, no foreign data, patterns that run in linear time, limited depth. Returns false when it does not.
 */
export function checkJsonSchema(schema: JsonObject, report: Report, path: string): boolean {
  let sound = true;
  const refuse: Report = (code, at, message) => {
    sound = false;
    report(code, at, message);
  };
  if (countReferences(schema, 0) > LIMITS.schemaReferences) {
    refuse("too-many-refs", path, `This schema refers to other places more than ${LIMITS.schemaReferences} times; write it out, and simpler.`);
    return false;
  }
  visit(schema, path, 1, { refuse, root: path });
  return sound;
}

function countReferences(schema: Json | undefined, depth: number): number {
  if (typeof schema !== "object" || schema === null || depth > LIMITS.depth) return 0;
  if (Array.isArray(schema)) return schema.reduce<number>((count, each: Json) => count + countReferences(each, depth + 1), 0);
  return Object.entries(schema).reduce((count, [name, each]) => count + (name === "$ref" ? 1 : countReferences(each as Json, depth + 1)), 0);
}

/** Where problems go, and where the schema itself begins. */
interface Visit {
  readonly refuse: Report;
  readonly root: string;
}

function visit(schema: Json | undefined, path: string, depth: number, at: Visit): void {
  if (typeof schema === "boolean") return;
  if (!isJsonObject(schema)) return at.refuse("json-schema-invalid", path, "A JSON Schema must stand here: an object, true or false.");
  if (depth > LIMITS.depth) return at.refuse("too-deep", path, `Schemas may be nested ${LIMITS.depth} deep at most; flatten this one.`);
  for (const [keyword, value] of Object.entries(schema)) visitKeyword(keyword, value, path + jsonPointer(keyword), depth, at);
}

function visitKeyword(keyword: string, value: Json | undefined, path: string, depth: number, at: Visit): void {
  const { refuse } = at;
  const reading = KEYWORDS.get(keyword);
  if (reading === undefined) return refuseKeyword(keyword, value, path, at);
  switch (reading) {
    case "schema":
      return visit(value, path, depth + 1, at);
    case "schemas":
      if (Array.isArray(value)) (value as readonly Json[]).forEach((each, index) => visit(each, path + jsonPointer(index), depth + 1, at));
      return;
    case "named-schemas": case "patterned-schemas":
      if (!isJsonObject(value)) return;
      for (const [name, each] of Object.entries(value)) {
        if (reading === "patterned-schemas") checkPattern(name, refuse, path + jsonPointer(name));
        visit(each, path + jsonPointer(name), depth + 1, at);
      }
      return;
    case "pattern":
      if (typeof value === "string") checkPattern(value, refuse, path);
      return;
    case "format":
      if (typeof value !== "string" || !FORMATS.has(value)) refuse(
        "keyword-forbidden", path,
        `The format ${JSON.stringify(value)} is not known; use one of ${[...FORMATS].join(", ")}.`,
      );
      return;
    case "data":
      if (isJsonObject(value) && Object.hasOwn(value, "$data")) refuse(
        "keyword-forbidden", path,
        "$data is not allowed; write the value itself.",
      );
      return;
  }
}

function refuseKeyword(keyword: string, value: Json | undefined, path: string, { refuse, root }: Visit): void {
  if (keyword === "$ref" && typeof value === "string" && leadsBack(value, path.slice(root.length))) {
    return refuse("ref-cycle", path, `The reference ${JSON.stringify(value.slice(0, 80))} leads back to where it stands; write out the levels there really are.`);
  }
  if (keyword === "$ref" && typeof value === "string" && !value.startsWith("#")) {
    return refuse(
      "remote-ref", path,
      `The reference to ${JSON.stringify(value.slice(0, 80))} leaves the definition; write the schema out instead.`,
    );
  }
  if (keyword.startsWith("$")) return refuse(
    "keyword-forbidden", path,
    `The keyword "${keyword}" is not allowed; write the schema out instead.`,
  );
  refuse("keyword-forbidden", path, `The keyword "${keyword}" is not known; remove it or correct its name.`);
}

/** True for a reference to the schema itself or to a part of it that holds the reference. */
function leadsBack(reference: string, own: string): boolean {
  return reference === "#" || (reference.startsWith("#/") && `${own}/`.startsWith(`${reference.slice(1)}/`));
}
