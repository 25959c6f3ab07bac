import { describe, expect, it } from "vitest";
import { minimalRelease } from "../../../engine/language/examples/minimal-release.ts";
import type { Definition } from "../../../engine/language/kinds.ts";
import { referencesOf } from "../../../engine/language/references-of.ts";

const draft = (path: string, edits: object) => ({ ...minimalRelease().get(path), ...edits }) as unknown as Definition;

describe("the places where a definition names another one", () => {
  it("are those its schema marks, with the way there", () => {
    const found = referencesOf(draft("task-type/reserve.json", {}));
    expect(found).toContainEqual({ kind: "target-system", key: "inventory", path: "/targetSystem", code: "unknown-reference" });
  });

  it("are in a table the cells that say which plan or which manual task, also of what answers otherwise; expressions name nothing yet", () => {
    const found = referencesOf(draft("decision-table/fallout.json", {
      rows: [{ id: "a", manualTask: "call" }, { id: "b", manualTask: '="call"' }, { id: "c", manualTask: null }, { id: "d", queue: "call" }],
      otherwise: { manualTask: "repair" },
    }));
    expect(found.map(({ kind, key, path }) => [kind, key, path])).toEqual([["manual-task", "call", "/rows/0/manualTask"], ["manual-task", "repair", "/otherwise/manualTask"]]);
  });

  it("are none in the cells of a draft that is not a table yet", () => {
    expect(referencesOf({ kind: "decision-table", rows: "many", otherwise: [] } as unknown as Definition)).toEqual([]);
  });
});
