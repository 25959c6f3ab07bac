import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCompanionFile } from "../../../engine/language/definition-file.ts";
import { compile } from "../../../engine/language/compile.ts";
import { filesOf, minimalRelease } from "../../../engine/language/examples/minimal-release.ts";
import type { Definition } from "../../../engine/language/kinds.ts";
import { renameDefinition, type Renaming } from "../../../engine/language/rename.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";

const minimal = [...minimalRelease().values()] as unknown as readonly Definition[];
const shipped = loadDefinitions().filter(({ path }) => !isCompanionFile(path)).map(({ content }) => content as Definition);
const compiles = (definitions: readonly Definition[]): boolean =>
  compile(definitions.map((content) => ({ path: `${content.kind}/${content.key}.json`, content })), { name: "renamed" }).ok;
const done = (renaming: Renaming): readonly Definition[] => {
  if (!renaming.ok) throw new Error(renaming.message);
  return renaming.definitions;
};

describe("renaming a definition", () => {
  it("is followed by references of tasks, dependencies and the cells of tables", () => {
    const template = done(renameDefinition(minimal, "dependency-type", "output", "result")).find(({ key }) => key === "demo-add");
    expect(JSON.stringify(template)).toContain('{"type":"result","task":"reserve"');
    const table = done(renameDefinition(minimal, "plan-template", "demo-add", "demo-new")).find(({ key }) => key === "demo-decomposition");
    expect(table).toMatchObject({ rows: [{ planTemplate: "demo-new" }] });
    const fallout = done(renameDefinition(minimal, "manual-task", "repair", "mend")).find(({ key }) => key === "fallout");
    expect(fallout).toMatchObject({ otherwise: { manualTask: "mend" } });
  });

  it.each([["the minimal release", minimal, 60], ["the shipped definitions", shipped, 25]] as const)("there and back changes nothing, and in between %s compiles", (_, definitions, numRuns) => {
    fc.assert(fc.property(fc.constantFrom(...definitions), fc.stringMatching(/^q[a-z]{8,12}$/), ({ kind, key }, to) => {
      const there = done(renameDefinition(definitions, kind, key, to));
      expect(compiles(there)).toBe(true);
      expect(done(renameDefinition(there, kind, to, key))).toEqual(definitions);
    }), { numRuns });
  });

  it.each([
    ["plan-template", "nothing", "something", "unknown-reference"], ["task-type", "reserve", "activate", "duplicate-id"], ["task-type", "reserve", "re1ease", "confusable-id"],
    ["task-type", "reserve", "Not a key", "schema-violation"], ["task-type", "reserve", "", "schema-violation"],
  ] as const)("%s %s to %j is refused with %s", (kind, from, to, code) => {
    expect(renameDefinition(minimal, kind, from, to)).toMatchObject({ ok: false, code });
  });

  it("starts from a release that compiles", () => {
    expect(compile(filesOf(minimalRelease()), { name: "x" }).ok).toBe(true);
  });
});
