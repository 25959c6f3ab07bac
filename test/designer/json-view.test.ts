import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JSON_LANGUAGE } from "../../designer/code/json-schemas.ts";
import { pointerAt } from "../../designer/code/pointer-at.ts";
import { withValueAt } from "../../designer/form/place.ts";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import { locatePointer } from "../../engine/language/locate-pointer.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import { loadDefinitions } from "../support/load-definitions.ts";

const files = loadDefinitions().filter(({ path }) => path !== "release.json").map(({ path, content }) => ({ path, content: content as Json }));

/** Every place of a JSON value and what stands there. */
function leaves(value: Json, pointer = ""): readonly (readonly [string, Json])[] {
  const entries = Array.isArray(value) ? [...(value as readonly Json[]).entries()] : isJsonObject(value) ? Object.entries(value) : [];
  return entries.flatMap(([name, inner]): readonly (readonly [string, Json])[] => {
    const at = pointer + jsonPointer(name);
    return inner === undefined ? [] : typeof inner === "object" && inner !== null ? [[at, inner] as const, ...leaves(inner, at)] : [[at, inner] as const];
  });
}

const offsetOf = (text: string, pointer: string): number => {
  const { line, column } = locatePointer(text, pointer);
  return text.split("\n").slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
};

const pick = fc.record({ file: fc.nat(), leaf: fc.nat() });

describe("form and JSON are one document", () => {
  it("the place of the cursor is the place the page selects, and back", () => {
    fc.assert(
      fc.property(pick, ({ file, leaf }) => {
        const { content } = files[file % files.length] ?? { content: {} };
        const all = leaves(content);
        const [pointer = ""] = all[leaf % all.length] ?? [];
        const text = formatDefinition(content);
        // Just behind the first character of a name or an element one is inside of it.
        const inside = pointerAt(text, offsetOf(text, pointer) + 1);
        expect(inside === pointer || inside.startsWith(`${pointer}/`) || pointer.startsWith(inside), `${pointer} ${inside}`).toBe(true);
        const quoted = text.indexOf(":", offsetOf(text, pointer));
        if (!/\/\d+$/.test(pointer)) expect(pointerAt(text, quoted + 1).startsWith(pointer), pointer).toBe(true);
      }),
    );
  });

  it("a text that is no JSON yet has places, too", () => {
    expect(pointerAt('{ "tasks": [ { "key": "a" }, { "key": ', 38)).toBe("/tasks/1/key");
    expect(pointerAt('{ "title": "half', 16)).toBe("/title");
    expect(pointerAt("", 0)).toBe("");
  });

  // Keys name files, and the cells of a row stand in the order of the columns' names.
  const NAMES = /^\/(?:kind|key|columns\/\d+\/(?:key|out))$/;

  it.each(files)("a value of $path that is changed in the form changes only that value in the text", ({ content }) => {
    const before = formatDefinition(content);
    for (const [pointer, value] of leaves(content)) {
      if (typeof value !== "string" || value.length < 2 || NAMES.test(pointer)) continue;
      const after = formatDefinition(withValueAt(content, pointer, "~".repeat(value.length)));
      let start = 0;
      while (before[start] === after[start]) start += 1;
      let same = 0;
      while (before.at(-1 - same) === after.at(-1 - same)) same += 1;
      expect(start, pointer).toBeGreaterThanOrEqual(offsetOf(before, pointer));
      expect(before.length - same - start, pointer).toBeLessThanOrEqual(JSON.stringify(value).length);
    }
  });

  it("each kind's files are written under its schema, and nothing is fetched", () => {
    expect(JSON_LANGUAGE.enableSchemaRequest).toBe(false);
    for (const { path } of files) expect(JSON_LANGUAGE.schemas.filter(({ fileMatch: [pattern = ""] }) => `inmemory://draft/${path}`.startsWith(pattern.replace("*", "")))).toHaveLength(1);
  });
});
