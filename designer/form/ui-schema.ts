import type { UiSchema } from "@rjsf/utils";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";

/** Editors of ours by the marks of the schemas. */
const EDITORS: { readonly [editor: string]: string } = {
  duration: "duration", value: "value", condition: "condition", cell: "value", "json-schema": "json", "localized-text": "localized",
};

/** Properties that are not edited in a form: the head says what the file is, promotion assigns the version. */
const NOT_EDITED: ReadonlySet<string> = new Set(["kind", "version"]);

/** How a form shows a schema: references as pick-lists, durations and conditions by editors of their own. */
export function uiSchemaOf(schema: JsonObject, isRoot: boolean): UiSchema {
  const field = fieldOf(schema);
  if (field !== null) return { "ui:field": field };
  const ui: UiSchema = {};
  const properties = schema["properties"];
  if (isJsonObject(properties)) {
    if (Object.hasOwn(properties, "title")) ui["ui:order"] = ["title", "*"];
    for (const [name, property] of Object.entries(properties)) {
      if (!isJsonObject(property)) continue;
      ui[name] = isRoot && NOT_EDITED.has(name) ? { "ui:widget": "hidden" } : { ...uiSchemaOf(property, false), ...widgetOf(name, property), ...(isRoot && name === "key" ? { "ui:readonly": true } : {}) };
    }
  }
  if (isJsonObject(schema["items"])) ui["items"] = uiSchemaOf(schema["items"], false);
  return ui;
}

function fieldOf(schema: JsonObject): string | null {
  if (typeof schema["x-ref"] === "string") return "reference";
  if (typeof schema["x-names"] === "string") return "name";
  if (typeof schema["x-editor"] === "string") return EDITORS[schema["x-editor"]] ?? "json";
  if (isMap(schema)) return "map";
  if (schema["type"] === "array" && isScalar(schema["items"])) return "list";
  if (schema["type"] === undefined && schema["enum"] === undefined && schema["const"] === undefined && schema["properties"] === undefined) return "json";
  return Array.isArray(schema["type"]) ? "json" : null;
}

/** An object whose names are the author's own. */
function isMap(schema: JsonObject): boolean {
  return schema["type"] === "object" && schema["properties"] === undefined && schema["additionalProperties"] !== false;
}

function isScalar(items: Json | undefined): boolean {
  return isJsonObject(items) && (items["type"] === "string" || items["type"] === "number" || items["type"] === "integer" || items["enum"] !== undefined) && items["x-editor"] === undefined;
}

function widgetOf(name: string, property: JsonObject): UiSchema {
  if (Array.isArray(property["enum"])) return { "ui:widget": property["enum"].length <= 3 ? "segments" : "select" };
  return name === "description" ? { "ui:widget": "textarea" } : {};
}

/**
 * A schema without its `oneOf` of required properties: which properties exclude each other is said by the compiler's
 * problems, not by a choice among nameless options.
 */
export function withoutChoices<T extends Json | null>(schema: T): T {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(withoutChoices) as unknown as T;
  if (!isJsonObject(schema)) return schema;
  const kept = Object.entries(schema).filter(([name, value]) => name !== "oneOf" || !Array.isArray(value) || !value.every((option) => isJsonObject(option) && option["properties"] === undefined && option["type"] === undefined));
  return Object.fromEntries(kept.map(([name, value]) => [name, name === "examples" ? value : withoutChoices(value ?? null)])) as unknown as T;
}
