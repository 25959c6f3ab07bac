import { CARRIED, itemSchema, propertySchema, schemaOf, type Schema } from "../language/schema-walk.ts";
import type { ListRule } from "../language/schemas/parts.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import { isJsonObject, type Json } from "../support/json.ts";
import type { Path } from "./definition-diff.ts";
import { nameElements } from "./element-names.ts";
import { commonListRule } from "./take-apart.ts";

/** The JSON Pointer to the place a path of names leads to in a document, or null when the document has no such place. */
export function pointerTo(document: Json, path: Path): string | null {
  const steps: (string | number)[] = [];
  let value: Json | undefined = document;
  let schema: Schema = schemaOf(document) ?? CARRIED;
  for (const name of path) {
    const rule: ListRule | null = Array.isArray(value) ? commonListRule(value, value, schema) : null;
    const step: string | number = rule === null ? name : nameElements(value as readonly Json[], rule).findIndex((element) => element.name === name);
    value = typeof step === "number" ? (value as readonly Json[])[step] : isJsonObject(value) ? value[step] : undefined;
    schema = typeof step === "number" ? itemSchema(schema) : propertySchema(schema, step);
    if (value === undefined) return null;
    steps.push(step);
  }
  return jsonPointer(...steps);
}
