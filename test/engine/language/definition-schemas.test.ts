import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { isCompanionFile } from "../../../engine/language/definition-file.ts";
import { definitionSchemas } from "../../../engine/language/definition-schemas.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../engine/support/json.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";

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
  it.each(Object.entries(definitionSchemas))("are JSON Schemas of draft 2020-12: %s", (_, schema) => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
  });

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

describe("references", () => {
  const definitions = loadDefinitions().filter(({ path }) => !isCompanionFile(path)).map(({ content }) => content as JsonObject);
  const keysOf = new Map<string, Set<Json>>();
  for (const { kind, key } of definitions) keysOf.set(kind as string, (keysOf.get(kind as string) ?? new Set<Json>()).add(key as Json));
  /** Texts that name something of their own template or of another release, and happen to be keys as well. */
  const OWN_NAMES = new Set(["plan-template.tasks[].key", "plan-template.tasks[].dependsOn[].task", "plan-template.milestones[].reachedBy[]", "plan-template.tasks[].compensates"]);

  /** Every text of the shipped definitions, by the place in the schema it is written under. */
  const texts = new Map<string, { readonly schema: JsonObject; readonly values: Set<Json> }>();
  const collect = (schema: Json | undefined, value: Json | undefined, way: string): void => {
    if (!isJsonObject(schema) || value === undefined) return;
    if (typeof value === "string") (texts.get(way) ?? texts.set(way, { schema, values: new Set() }).get(way))?.values.add(value);
    else if (Array.isArray(value)) for (const entry of value as readonly Json[]) collect(schema["items"], entry, `${way}[]`);
    else if (isJsonObject(value)) for (const [name, inner] of Object.entries(schema["properties"] ?? {})) collect(inner as Json, value[name], `${way}.${name}`);
  };
  for (const definition of definitions) collect(definitionSchemas[definition["kind"] as keyof typeof definitionSchemas], definition, String(definition["kind"]));

  it("A17: whatever names a definition is declared by x-ref, and names that kind", () => {
    const undeclared = [...texts].filter(([way, { schema, values }]) =>
      !way.endsWith(".key") && !OWN_NAMES.has(way) && schema["x-ref"] === undefined && [...keysOf.values()].some((keys) => [...values].every((value) => keys.has(value))));
    expect(undeclared.map(([way]) => way)).toEqual([]);
    const wrong = [...texts].filter(([, { schema, values }]) => typeof schema["x-ref"] === "string" && ![...values].every((value) => keysOf.get(schema["x-ref"] as string)?.has(value)));
    expect(wrong.map(([way]) => way)).toEqual([]);
  });
});
