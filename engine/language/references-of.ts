import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import { definitionSchemas } from "./definition-schemas.ts";
import type { Kind } from "./kinds.ts";

/** One place where a definition names another one. */
export interface Reference {
  readonly kind: Kind;
  readonly key: string;
  readonly path: string;
  /** The diagnostic code for a reference that leads nowhere. */
  readonly code: string;
}

/** Which outputs of a decision table name definitions. The schema cannot say: columns are the author's. */
export const OUTPUT_REFERENCES: { readonly [output: string]: Kind } = { planTemplate: "plan-template", manualTask: "manual-task" };

const UNKNOWN = "unknown-reference";

/**
 * Every place where a definition names another one: those that its schema marks, and in a decision table the cells that do.
 * A cell that is an expression names nothing before it is evaluated.
 */
export function referencesOf(definition: { readonly kind: Kind }): Reference[] {
  return [...markedReferencesOf(definition), ...(definition.kind === "decision-table" ? cellReferencesOf(definition) : [])];
}

/** The places that are found through the `x-ref` marks of the schema alone. */
export function markedReferencesOf(definition: { readonly kind: Kind }): Reference[] {
  const found: Reference[] = [];
  walk(definitionSchemas[definition.kind], definition, "", found);
  return found;
}

function cellReferencesOf({ rows, otherwise }: JsonObject): Reference[] {
  const ofRows = Array.isArray(rows) ? (rows as readonly Json[]).flatMap((row, position) => namedInAnswer(row, jsonPointer("rows", position))) : [];
  return [...ofRows, ...namedInAnswer(otherwise, "/otherwise")];
}

function namedInAnswer(answer: Json | undefined, path: string): Reference[] {
  if (!isJsonObject(answer)) return [];
  return Object.entries(OUTPUT_REFERENCES).flatMap(([output, kind]) => {
    const key = answer[output];
    return typeof key === "string" && !key.startsWith("=") ? [{ kind, key, path: path + jsonPointer(output), code: UNKNOWN }] : [];
  });
}

function walk(schema: Json | undefined, value: Json | undefined, path: string, found: Reference[]): void {
  if (!isJsonObject(schema) || value === undefined) return;
  const kind = schema["x-ref"];
  if (typeof kind === "string" && typeof value === "string") {
    found.push({ kind: kind as Kind, key: value, path, code: typeof schema["x-code"] === "string" ? schema["x-code"] : UNKNOWN });
  } else if (Array.isArray(value)) {
    (value as readonly Json[]).forEach((entry, position) => walk(schema["items"], entry, path + jsonPointer(position), found));
  } else if (isJsonObject(value)) {
    const properties = schema["properties"] as JsonObject | undefined;
    if (!properties) return;
    for (const [name, inner] of Object.entries(properties)) {
      if (Object.hasOwn(value, name)) walk(inner, value[name], path + jsonPointer(name), found);
    }
  }
}
