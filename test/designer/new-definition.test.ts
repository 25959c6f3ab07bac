import { describe, expect, it } from "vitest";
import { compile } from "../../engine/language/compile.ts";
import { definitionSchemas } from "../../engine/language/definition-schemas.ts";
import type { Definition, Kind } from "../../engine/language/kinds.ts";
import { copyOf, startContent } from "../../designer/library/start-content.ts";
import { freeKey } from "../../designer/library/free-key.ts";
import { fileOf } from "../../designer/workspace/file-state.ts";
import type { Json } from "../../engine/support/json.ts";
import { loadDefinitions } from "../support/load-definitions.ts";

const KINDS = Object.keys(definitionSchemas) as readonly Kind[];
const shipped = loadDefinitions();
const definitions = shipped.map(({ content }) => content as Definition);
const keysOf = (kind: Kind) => definitions.filter((definition) => definition.kind === kind).map(({ key }) => key);

/** What the compiler has against a definition besides that nothing uses it yet. */
function errorsWith(definition: Definition): readonly string[] {
  const compiled = compile([...shipped, { path: `${definition.kind}/${definition.key}.json`, content: definition }], { name: "draft" });
  return compiled.ok ? [] : compiled.diagnostics.filter(({ severity }) => severity === "error").map(({ code, path }) => `${code} ${path}`);
}

/** Kinds that cannot begin sound, because only their author knows what belongs into them. */
const AUTHORS_PART: { readonly [kind in Kind]?: readonly string[] } = { "plan-template": ["schema-violation /tasks"] };

describe("a new definition", () => {
  it.each(KINDS.filter((kind) => kind !== "milestone-map"))("of kind %s is sound but for what only its author knows", (kind) => {
    const content = startContent({ kind, key: "brand-new", title: "Brand new", description: "Made in a test.", keysOf });
    expect(errorsWith(content)).toEqual(AUTHORS_PART[kind] ?? []);
  });

  it("has every required property, its own head and version 1", () => {
    for (const kind of KINDS) {
      const content = startContent({ kind, key: "brand-new", title: "Brand new", description: "Made in a test.", keysOf });
      expect(content).toMatchObject({ kind, key: "brand-new", version: 1, title: "Brand new" });
      expect(Object.keys(content)).toEqual(expect.arrayContaining([...(definitionSchemas[kind]["required"] as readonly string[])]));
    }
  });

  it("names what exists when the example of the schema does not", () => {
    const content = startContent({ kind: "billing-trigger", key: "brand-new", title: "Brand new", description: "", keysOf: () => ["only-one"] });
    expect(content).toMatchObject({ taskType: "only-one" });
  });

  it("gets the words of its title as key, numbered when that is taken", () => {
    const files = new Map([["retry-policy/very-patient.json", fileOf({ kind: "retry-policy" } as Json)]]);
    expect(freeKey(files, "retry-policy", "Very patient!")).toBe("very-patient-2");
    expect(freeKey(files, "retry-policy", "Größe 7")).toBe("gro-e-7");
    expect(freeKey(files, "calendar", "???")).toBe("calendar");
  });
});

it.each(["order-schema", "plan-template", "retry-policy", "task-type"] as const)("A copy of a %s is as sound as its original", (kind) => {
  const original = definitions.find((definition) => definition.kind === kind) as Definition;
  expect(errorsWith(copyOf(original, "brand-new", "Brand new"))).toEqual([]);
});
