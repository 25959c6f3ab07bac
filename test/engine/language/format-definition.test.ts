import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { definitionSchemas } from "../../../engine/language/definition-schemas.ts";
import { formatDefinition } from "../../../engine/language/format-definition.ts";
import type { Json, JsonObject } from "../../../engine/support/json.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";

const shipped = loadDefinitions();
const head = { kind: "plan-template", key: "a", version: 1, title: "A", description: "B" };

/** Objects under any kind: its known properties with arbitrary values, and others. */
const anyDefinition = fc.constantFrom(...Object.entries(definitionSchemas), ["unheard-of", {}] as const).chain(([kind, schema]) => {
  const names = Object.keys((schema as { readonly properties?: object }).properties ?? {});
  const value = fc.jsonValue({ maxDepth: 4 }).map((json) => JSON.parse(JSON.stringify(json)) as Json);
  return fc.dictionary(fc.oneof(fc.constantFrom("tasks", "zeta", "alpha", ...names), fc.string()).filter((name) => name !== "__proto__"), value).map((rest): JsonObject => ({ ...rest, kind }));
});

describe("the canonical text of a definition", () => {
  it.each(shipped)("is the text of $path", ({ path, content }) => {
    expect(formatDefinition(content as Json)).toBe(readFileSync(new URL(`../../../definitions/${path}`, import.meta.url), "utf8"));
  });

  it("says the same as the definition, and is stable", () => {
    fc.assert(fc.property(anyDefinition, (definition) => {
      const text = formatDefinition(definition);
      const again = JSON.parse(text) as Json;
      expect(again).toEqual(definition);
      expect(formatDefinition(again)).toBe(text);
    }), { numRuns: 500 });
  });

  it("does not depend on the order in which known properties were set", () => {
    for (const { content } of shipped) {
      const reversed = Object.fromEntries(Object.entries(content as JsonObject).toReversed());
      expect(formatDefinition(reversed)).toBe(formatDefinition(content as Json));
    }
  });

  it("writes known properties in schema order and unknown ones behind them by name", () => {
    const text = formatDefinition({ zeta: 1, alpha: 2, fallout: "fallout", description: "B", title: "A", version: 1, key: "a", kind: "plan-template" });
    expect([...text.matchAll(/^ {2}"(\w+)"/gm)].map(([, name]) => name)).toEqual(["kind", "key", "version", "title", "description", "fallout", "alpha", "zeta"]);
  });

  it("writes the cells of a row in the order of the columns, whatever a spreadsheet left them in", () => {
    const columns = [{ key: "speed", in: "item.speed", type: "string" }, { out: "plan", type: "string" }];
    const text = formatDefinition({ kind: "decision-table", columns, rows: [{ plan: "p", speed: ["1G"], id: "r" }], otherwise: { plan: null } });
    expect(text).toContain('    { "id": "r", "speed": ["1G"], "plan": "p" }\n');
  });

  it("puts every dependency, condition and row on a line of its own, so that two changes meet only where they are one", () => {
    const condition = { fact: "item", operator: "before", value: { fact: "now" } };
    const dependsOn = [{ type: "conditional", task: "b", with: { condition: { all: [condition] } } }, { type: "success", task: "c" }];
    const text = formatDefinition({ ...head, tasks: [{ key: "t", type: "w", dependsOn, includeWhen: { all: [condition, condition] } }] });
    expect(text).toContain('        { "type": "success", "task": "c" }\n');
    expect(text.split("\n").filter((line) => line.includes('"fact": "item"'))).toHaveLength(3);
  });

  it("keeps the order of what the author named, because a form shows its fields in it", () => {
    const text = formatDefinition({ kind: "task-type", request: { zone: 1, account: 2 } });
    expect(text).toContain('"request": { "zone": 1, "account": 2 }');
  });

  it("writes layout and release files by name, one position a line", () => {
    expect(formatDefinition({ name: "2026.11.0" })).toBe('{ "name": "2026.11.0" }\n');
    expect(formatDefinition({ positions: { "ship-router": { y: 2, x: 1 }, "reserve-ont": { x: 3, y: 4 } } })).toBe(
      '{\n  "positions": {\n    "reserve-ont": { "x": 3, "y": 4 },\n    "ship-router": { "x": 1, "y": 2 }\n  }\n}\n',
    );
  });
});
