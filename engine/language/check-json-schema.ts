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
  visit(schema, path, 1, refuse);
  return sound;
}

function visit(schema: Json | undefined, path: string, depth: number, refuse: Report): void {
  if (typeof schema === "boolean") return;
  if (!isJsonObject(schema)) return refuse("json-schema-invalid", path, "A JSON Schema must stand here: an object, true or false.");
  if (depth > LIMITS.depth) return refuse("too-deep", path, `Schemas may be nested ${LIMITS.depth} deep at most; flatten this one.`);
  for (const [keyword, value] of Object.entries(schema)) visitKeyword(keyword, value, path + jsonPointer(keyword), depth, refuse);
}

function visitKeyword(keyword: string, value: Json | undefined, path: string, depth: number, refuse: Report): void {
  const reading = KEYWORDS.get(keyword);
  if (reading === undefined) return refuseKeyword(keyword, value, path, refuse);
  switch (reading) {
    case "schema":
      return visit(value, path, depth + 1, refuse);
    case "schemas":
      if (Array.isArray(value)) (value as readonly Json[]).forEach((each, index) => visit(each, path + jsonPointer(index), depth + 1, refuse));
      return;
    case "named-schemas": case "patterned-schemas":
      if (!isJsonObject(value)) return;
      for (const [name, each] of Object.entries(value)) {
        if (reading === "patterned-schemas") checkPattern(name, refuse, path + jsonPointer(name));
        visit(each, path + jsonPointer(name), depth + 1, refuse);
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

function refuseKeyword(keyword: string, value: Json | undefined, path: string, refuse: Report): void {
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
