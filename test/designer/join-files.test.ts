import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileFromText, fileOf, type FileState } from "../../designer/workspace/file-state.ts";
import type { Files } from "../../designer/workspace/history.ts";
import { conflictKey, conflictsIn, decide, joinFiles } from "../../designer/workspace/join-files.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";

const PATH = "decision-table/t.json";
const table = (plans: { readonly [row: string]: string }, title = "T"): FileState =>
  fileOf({
    kind: "decision-table", key: "t", version: 1, title, description: "T", purpose: "general", hitPolicy: "UNIQUE",
    columns: [{ key: "offering", in: "item.offering", type: "string" }, { out: "plan", type: "string" }],
    rows: Object.entries(plans).map(([id, plan]) => ({ id, offering: [id], plan })),
  });
const files = (state: FileState | null): Files => new Map(state === null ? [] : [[PATH, state]]);
const after = (ours: Files, changes: ReturnType<typeof joinFiles>["changes"]): FileState | null => (changes.length === 0 ? (ours.get(PATH) ?? null) : (changes[0]?.after ?? null));
const plansOf = (state: FileState | null): readonly string[] => ((state ?? table({})).content as unknown as DecisionTable).rows.map(({ id, plan }) => `${id}:${String(plan)}`);

const base = files(table({ a: "x", b: "y" }));

describe("two people save the same draft", () => {
  it("edits of different rows are joined without a question", () => {
    const ours = files(table({ a: "mine", b: "y" }));
    const { changes, open } = joinFiles(base, ours, files(table({ a: "x", b: "theirs", c: "new" })));
    expect(open.size).toBe(0);
    expect(plansOf(after(ours, changes))).toEqual(["a:mine", "b:theirs", "c:new"]);
  });

  it("only what both changed is asked, in words and by object; everything else is joined already", () => {
    const ours = files(table({ a: "mine", b: "y" }, "Mine"));
    const { changes, open } = joinFiles(base, ours, files(table({ a: "theirs", b: "other" })));
    const joined = files(after(ours, changes));
    expect(plansOf(joined.get(PATH) ?? null)).toEqual(["a:mine", "b:other"]);
    expect(conflictsIn(open, joined).map(({ id, sides }) => [id, sides?.ours, sides?.theirs])).toEqual([["rows/a", "plan: x → mine", "plan: x → theirs"]]);
  });

  it("what is typed after the conflict is never dropped, whichever side is chosen", () => {
    const ours = files(table({ a: "mine", b: "y" }));
    const { changes, open } = joinFiles(base, ours, files(table({ a: "theirs", b: "y" })));
    expect(changes).toEqual([]);
    const typed = files(table({ a: "mine", b: "typed" }, "Typed"));
    const [conflict] = conflictsIn(open, typed);
    const key = conflict === undefined ? "" : conflictKey(conflict);
    const [theirs] = decide(open, typed, new Map([[key, "theirs"]]));
    expect(plansOf(theirs?.after ?? null)).toEqual(["a:theirs", "b:typed"]);
    expect(theirs?.after?.content).toMatchObject({ title: "Typed" });
    const [mine] = decide(open, typed, new Map([[key, "ours"]]));
    expect(plansOf(mine?.after ?? null)).toEqual(["a:mine", "b:typed"]);
  });

  it("whoever comes to the same as the other has nothing to decide", () => {
    const { open } = joinFiles(base, files(table({ a: "mine", b: "y" })), files(table({ a: "theirs", b: "y" })));
    expect(conflictsIn(open, files(table({ a: "theirs", b: "y" })))).toEqual([]);
  });

  it("a file that one side deleted, or left as no JSON, is decided as a whole", () => {
    const gone = joinFiles(base, files(table({ a: "mine" })), files(null));
    expect(conflictsIn(gone.open, files(table({ a: "mine" }))).map(({ id, sides }) => [id, sides])).toEqual([["", null]]);
    const half = files(fileFromText("{ half", PATH, base.get(PATH) ?? null));
    const { open } = joinFiles(base, half, files(table({ a: "theirs", b: "y" })));
    expect(decide(open, half, new Map([[`${PATH}#`, "ours"]]))[0]?.after?.text).toBe("{ half");
  });

  it("a side that changed nothing takes the other as it is", () => {
    const cell = fc.constantFrom("x", "y", "z");
    fc.assert(fc.property(fc.record({ a: cell, b: cell }), fc.record({ a: cell, b: cell, c: cell }), (first, second) => {
      const [one, other] = [files(table(first)), files(table(second))];
      expect(after(one, joinFiles(one, one, other).changes)?.text).toBe(other.get(PATH)?.text);
      expect(joinFiles(one, other, one)).toEqual({ changes: [], open: new Map() });
    }));
  });
});
