import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { definitionSchemas } from "../../../engine/language/definition-schemas.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../engine/support/json.ts";

/** Every schema of a property, with the way to it. */
function properties(schema: Json | undefined, way: string): { way: string; schema: JsonObject }[] {
  if (!isJsonObject(schema)) return [];
  const own = isJsonObject(schema["properties"]) ? Object.entries(schema["properties"]) : [];
  return [
    ...own.flatMap(([name, inner]) => (isJsonObject(inner) ? [{ way: `${way}.${name}`, schema: inner }, ...properties(inner, `${way}.${name}`)] : [])),
    ...properties(schema["items"], `${way}[]`),
  ];
}

const every = Object.entries(definitionSchemas).flatMap(([kind, schema]) => properties(schema, kind));

describe("the schemas of the kinds", () => {
  it.each(every)("explain $way and show an example that fits", ({ schema }) => {
    expect(schema).toMatchObject({ title: expect.stringMatching(/\S/) as unknown, description: expect.stringMatching(/\S/) as unknown });
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    const examples = schema["examples"] as readonly Json[];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(ajv.validate(schema as object, example), JSON.stringify([example, ajv.errors])).toBe(true);
  });

  it.each(Object.entries(definitionSchemas))("let %s hold nothing unknown", (_, schema) => {
    const open = (part: Json | undefined): boolean =>
      isJsonObject(part) && ((isJsonObject(part["properties"]) && part["additionalProperties"] === undefined) || Object.values(part["properties"] ?? {}).some(open) || open(part["items"]));
    expect(open(schema)).toBe(false);
  });

  it("mark references with kinds that exist", () => {
    const kinds = every.flatMap(({ schema }) => [schema["x-ref"], isJsonObject(schema["items"]) ? schema["items"]["x-ref"] : undefined]).filter((kind) => kind !== undefined);
    expect(kinds.length).toBeGreaterThan(15);
    for (const kind of kinds) expect(Object.keys(definitionSchemas)).toContain(kind);
  });
});
