import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";

/** Instant used for samples of date-times; the virtual clock's own time is passed in. */
export interface SampleContext {
  readonly at: string;
  /** Makes generated texts of different tasks different. */
  readonly seed: string;
}

/** A small value that fits a JSON Schema as definitions use it: required members, constants, first allowed value, examples. */
export function sampleValue(schema: JsonObject | undefined, context: SampleContext, name = "value"): Json {
  if (!schema) return {};
  if (schema["const"] !== undefined) return schema["const"];
  if (Array.isArray(schema["enum"])) return (schema["enum"] as readonly Json[])[0] ?? null;
  if (schema["default"] !== undefined) return schema["default"];
  if (Array.isArray(schema["examples"])) return (schema["examples"] as readonly Json[])[0] ?? null;
  const type = Array.isArray(schema["type"]) ? schema["type"][0] : schema["type"];
  switch (type) {
    case "string":
      return sampleText(schema, context, name);
    case "integer":
    case "number":
      return Math.max(numberOf(schema["minimum"], 1), numberOf(schema["exclusiveMinimum"], 0) + 1);
    case "boolean":
      return true;
    case "array":
      return Array.from({ length: numberOf(schema["minItems"], 0) }, (_, index) => sampleValue(asSchema(schema["items"]), context, `${name}-${index + 1}`));
    default:
      return sampleObject(schema, context);
  }
}

function sampleObject(schema: JsonObject, context: SampleContext): JsonObject {
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  return Object.fromEntries(required.map((member) => [member, sampleValue(asSchema(properties[member]), context, member)]));
}

function sampleText(schema: JsonObject, { at, seed }: SampleContext, name: string): string {
  switch (schema["format"]) {
    case "date-time":
      return at;
    case "date":
      return at.slice(0, 10);
    case "duration":
      return "PT1H";
    case "email":
      return "someone@example.com";
    default: {
      const text = `${name}-${seed}`;
      return text.padEnd(numberOf(schema["minLength"], 0), "x");
    }
  }
}

function numberOf(value: Json | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function asSchema(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}
