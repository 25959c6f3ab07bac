import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffDefinitions } from "../../engine/diff/diff-definitions.ts";
import type { Change } from "../../engine/diff/definition-diff.ts";
import type { DecisionTable, TableRow } from "../../engine/language/table-kinds.ts";
import { foldSame } from "../../designer/review/fold.ts";
import { diffLines } from "../../designer/review/line-diff.ts";
import { cellDiff, diffRows } from "../../designer/review/row-diff.ts";

const row = (id: string, offering: string, plan: string): TableRow => ({ id, offering: [offering], plan });
const table = (rows: readonly TableRow[], hitPolicy: DecisionTable["hitPolicy"] = "UNIQUE"): DecisionTable => ({
  kind: "decision-table", key: "t", version: 1, title: "T", description: "T", purpose: "general", hitPolicy,
  columns: [{ key: "offering", in: "item.offering", type: "string" }, { out: "plan", type: "string" }], rows,
});

function changesBetween(before: DecisionTable, after: DecisionTable): readonly Change[] {
  const [one] = diffDefinitions([before], [after]).definitions;
  return one !== undefined && "changes" in one ? one.changes : [];
}

describe("a table before and after, by its rows", () => {
  const before = table([row("a", "A", "x"), row("b", "B", "y"), row("c", "C", "z")]);

  it("says which rows came, went and changed, and leaves the others alone", () => {
    const after = table([row("a", "A", "x"), row("n", "N", "x"), row("c", "C", "other")]);
    expect(diffRows(before, after, changesBetween(before, after)).rows.map(({ id, mark }) => [id, mark])).toEqual([["a", "same"], ["b", "removed"], ["n", "added"], ["c", "changed"]]);
  });

  it("shows a changed cell as it was and as it is, in the words of the grid", () => {
    const after = table([row("a", "A", "x"), row("b", "B2", "y"), row("c", "C", "z")]);
    const { columns, rows } = diffRows(before, after, changesBetween(before, after));
    const changed = rows.find(({ mark }) => mark === "changed");
    expect(changed && columns.map((column) => cellDiff(changed, column))).toEqual([{ before: "B", after: "B2" }, { before: "y", after: "y" }]);
  });

  it("calls a row moved only where the order means something", () => {
    const turned = before.rows.toReversed();
    const marks = (hitPolicy: DecisionTable["hitPolicy"]): readonly string[] => {
      const [old, now] = [table(before.rows, hitPolicy), table(turned, hitPolicy)];
      return diffRows(old, now, changesBetween(old, now)).rows.map(({ mark }) => mark);
    };
    expect(marks("UNIQUE")).toEqual(["same", "same", "same"]);
    expect(marks("FIRST").filter((mark) => mark === "moved")).toHaveLength(2);
  });

  it("names a column that only one side has", () => {
    const { columns } = diffRows(before, { ...before, columns: before.columns.slice(0, 1) }, []);
    expect(columns.map(({ name, after }) => [name, after === null])).toEqual([["offering", false], ["plan", true]]);
  });
});

describe("two texts line by line", () => {
  const text = fc.array(fc.constantFrom("{", "}", "  a", "  b", "  c,"), { maxLength: 30 }).map((lines) => lines.map((line) => `${line}\n`).join(""));

  it("each side is what its own and the shared lines say, in their order", () => {
    fc.assert(fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const side = (other: "added" | "removed"): string => lines.filter(({ mark }) => mark !== other).map((line) => `${line.text}\n`).join("");
      expect(side("added")).toBe(before);
      expect(side("removed")).toBe(after);
    }));
  });

  it("shows one changed line as one line removed and one added", () => {
    expect(diffLines("{\n  a\n  b\n}\n", "{\n  a\n  c,\n}\n").filter(({ mark }) => mark !== "same").map(({ mark, text: line }) => [mark, line.trim()])).toEqual([["removed", "b"], ["added", "c,"]]);
  });

  it("compares ten thousand lines of a table in which every line differs", () => {
    const lines = (suffix: string): string => Array.from({ length: 10_000 }, (_, index) => `row ${index} ${suffix}\n`).join("");
    expect(diffLines(lines("old"), lines("new"))).toHaveLength(20_000);
  });
});

describe("what is the same is folded away", () => {
  const isSame = (item: number): boolean => item === 0;

  it("except beside a change", () => {
    const items = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0];
    expect(foldSame(items, isSame, 1, new Set()).map(({ folded, items: { length } }) => [folded, length])).toEqual([[true, 4], [false, 3], [true, 4]]);
  });

  it("unless folding saves nothing, and until somebody opens it", () => {
    expect(foldSame([0, 0, 1, 0, 0], isSame, 0, new Set()).every(({ folded }) => !folded)).toBe(true);
    expect(foldSame([0, 0, 0, 0, 1], isSame, 0, new Set([0])).every(({ folded }) => !folded)).toBe(true);
  });

  it("never loses an item", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(0, 1), { maxLength: 60 }), fc.nat(3), fc.array(fc.nat(60)), (items, around, opened) => {
      expect(foldSame(items, isSame, around, new Set(opened)).flatMap((stretch) => stretch.items)).toEqual(items);
    }));
  });
});
