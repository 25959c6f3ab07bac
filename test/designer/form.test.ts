import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldUses } from "../../designer/form/field-uses.ts";
import { readDuration, writeDuration } from "../../designer/form/duration-parts.ts";
import { readValue, textOf } from "../../designer/form/value-text.ts";
import { schemaAt, valueAt, withValueAt } from "../../designer/form/place.ts";
import { retrySchedule } from "../../designer/form/retry-schedule.ts";
import { uiSchemaOf } from "../../designer/form/ui-schema.ts";
import { withoutHollow } from "../../designer/form/without-hollow.ts";
import { formValidator } from "../../designer/form/validator.ts";
import { definitionSchemas } from "../../engine/language/definition-schemas.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";

/** Every place of a JSON value. */
function places(value: Json, pointer = ""): string[] {
  if (Array.isArray(value)) return [pointer, ...(value as readonly Json[]).flatMap((entry, index) => places(entry, pointer + jsonPointer(index)))];
  return isJsonObject(value) ? [pointer, ...(Object.entries(value) as [string, Json][]).flatMap(([name, inner]) => places(inner, pointer + jsonPointer(name)))] : [pointer];
}

describe("places in a definition", () => {
  it("what is put at a place is found there, and everything else is as it was", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), (value, pick) => {
        const content = value as Json;
        const all = places(content);
        const pointer = all[pick % all.length] ?? "";
        const changed = withValueAt(content, pointer, "new");
        expect(valueAt(changed, pointer)).toBe("new");
        for (const other of all) {
          const related = other === pointer || other.startsWith(`${pointer}/`) || pointer.startsWith(`${other}/`) || other === "" || pointer === "";
          if (!related) expect(valueAt(changed, other)).toBe(valueAt(content, other));
        }
      }),
    );
  });

  it("leads through lists and objects of a schema", () => {
    expect(schemaAt("plan-template", "/tasks/3/dependsOn/0")?.["title"]).toBe("Dependency");
    expect(schemaAt("plan-template", "/tasks/3/nowhere")).toBeNull();
  });
});

describe("fields of a form", () => {
  it("a fixed duration survives as amount and unit", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.constantFrom("s", "min", "h", "d"), (amount, unit) => {
        const read = readDuration(writeDuration(amount, unit));
        expect(read).not.toBeNull();
        expect(readDuration(writeDuration(read?.amount ?? -1, read?.unit ?? "s"))).toEqual(read);
      }),
    );
    expect(readDuration("PT30M")).toEqual({ amount: 30, unit: "min" });
    expect(readDuration("=order.requestedDate")).toBeNull();
  });

  it("a typed value is what it was shown as", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        expect(readValue(textOf(json))).toEqual(json);
      }),
    );
  });

  it.each(Object.entries(definitionSchemas))("%s: every property has an editor that knows its type", (_, schema) => {
    const unknown: string[] = [];
    const walk = (part: JsonObject, ui: JsonObject, at: string): void => {
      if (ui["ui:field"] !== undefined || ui["ui:widget"] !== undefined) return;
      if (isJsonObject(part["properties"])) for (const [name, property] of Object.entries(part["properties"])) if (isJsonObject(property)) walk(property, (ui[name] ?? {}) as JsonObject, `${at}/${name}`);
      if (isJsonObject(part["items"])) walk(part["items"], (ui["items"] ?? {}) as JsonObject, `${at}/items`);
      const simple = ["string", "number", "integer", "boolean", "object", "array"].includes(String(part["type"])) || part["enum"] !== undefined || part["const"] !== undefined;
      if (!simple) unknown.push(at);
    };
    walk(schema, uiSchemaOf(schema, true) as JsonObject, "");
    expect(unknown).toEqual([]);
  });

  it("a field is found in all definitions of its kind that set it, in whichever element of a list", () => {
    const contents = [{ kind: "a", key: "x", title: "X", list: [{}, { when: 1 }] }, { kind: "a", key: "y", title: "Y", list: [{}] }, { kind: "b", key: "z", list: [{ when: 1 }] }];
    expect(fieldUses(contents, "a", "/list/0/when")).toEqual({ uses: [{ key: "x", title: "X" }], all: 2 });
    expect(fieldUses(contents, "a", "/nowhere").uses).toEqual([]);
  });

  it("decides the branch of a schema without generating code", () => {
    const schema = { properties: { a: { const: 1 } }, required: ["a"] } as const;
    expect(formValidator.isValid(schema as never, { a: 1 }, schema as never)).toBe(true);
    expect(formValidator.isValid(schema as never, { a: 2 }, schema as never)).toBe(false);
  });

  it("a retry policy tries when the engine would: doubling, cut at the longest delay and at the budget", () => {
    const policy = { kind: "retry-policy", key: "p", version: 1, title: "", description: "", maxAttempts: 6, maxElapsed: "PT10M", backoff: { strategy: "EXPONENTIAL", initialDelay: "PT1M", factor: 2, maxDelay: "PT3M" }, retryOn: { classes: [] }, onExhausted: "FALLOUT" } as const;
    expect(retrySchedule(policy)).toEqual([0, 60_000, 180_000, 360_000, 540_000]);
  });
});

describe("what a form gives back", () => {
  it("has no empty objects that nobody asked for", () => {
    const before = { key: "activate", work: {} };
    expect(withoutHollow(before, { key: "activate", retry: "never", work: {}, amend: { request: {} }, withdraw: {} })).toEqual({ key: "activate", retry: "never", work: {} });
  });

  it("keeps every value someone gave, and new entries of lists", () => {
    const after = { backoff: { strategy: "FIXED", more: {} }, steps: [{}, { do: "WAIT" }], with: { number: "" } };
    expect(withoutHollow({}, after)).toEqual({ backoff: { strategy: "FIXED" }, steps: [{}, { do: "WAIT" }], with: { number: "" } });
  });
});
