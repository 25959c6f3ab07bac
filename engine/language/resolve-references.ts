import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";
import type { DefinitionIndex } from "./definition-index.ts";
import { definitionSchemas } from "./definition-schemas.ts";
import type { DiagnosticLog } from "./diagnostic-log.ts";
import type { Report } from "./diagnostic.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import type { Kind } from "./kinds.ts";
import { suggest } from "./suggest.ts";

/** One place where a definition names another one. */
export interface Reference {
  readonly kind: Kind;
  readonly key: string;
  readonly path: string;
  /** The diagnostic code the schema wants for a reference that leads nowhere. */
  readonly code: string;
}

/** Every place where a definition names another one, found through the `x-ref` marks of its schema. */
export function referencesOf(definition: { readonly kind: Kind }): Reference[] {
  const found: Reference[] = [];
  walk(definitionSchemas[definition.kind], definition, "", found);
  return found;
}

/** Reports every reference of the release that leads nowhere. */
export function resolveReferences(index: DefinitionIndex, log: DiagnosticLog): void {
  for (const { file, definition } of index.everything()) {
    const report: Report = log.for(file);
    for (const { kind, key, path, code } of referencesOf(definition)) {
      if (index.has(kind, key)) continue;
      report(code, path, `There is no ${kind} "${key}"${suggest(key, index.keys(kind))}`);
    }
  }
}

function walk(schema: Json | undefined, value: Json | undefined, path: string, found: Reference[]): void {
  if (!isJsonObject(schema) || value === undefined) return;
  const kind = schema["x-ref"];
  if (typeof kind === "string" && typeof value === "string") {
    found.push({ kind: kind as Kind, key: value, path, code: typeof schema["x-code"] === "string" ? schema["x-code"] : "unknown-reference" });
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
