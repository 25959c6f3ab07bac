import { describe, expect, it } from "vitest";
import { matchingChoices, withChoice } from "../../designer/grid/cell-choices.ts";
import { marksOf } from "../../designer/grid/cell-marks.ts";
import { cellWords } from "../../designer/grid/cell-words.ts";
import { columnsInView, fittingWidths, layOut, rowsInView } from "../../designer/grid/column-layout.ts";
import { arrangeLines } from "../../designer/grid/display-rows.ts";
import { PLAIN_LOOK, readLook } from "../../designer/grid/grid-look.ts";
import { rangeOf } from "../../designer/grid/grid-model.ts";
import { actionOf, GRID_KEYS, keysOfAction, typedBy, type PressedKey } from "../../designer/grid/key-map.ts";
import { rowChanges } from "../../designer/grid/row-changes.ts";
import { hitsOf, passes, readTestText, testFor, testsIn, withTests, type RowTest } from "../../designer/grid/row-tests.ts";
import { joinRanges, selectedIn, skipHidden } from "../../designer/grid/selection.ts";
import { TableBook } from "../../designer/worker/table-book.ts";
import { analyzeTable } from "../../engine/table/analyze-table.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { Json } from "../../engine/support/json.ts";

const fees: DecisionTable = {
  kind: "decision-table", key: "fees", version: 1, title: "Fees", description: "What it costs.", purpose: "general", hitPolicy: "UNIQUE",
  columns: [{ key: "action", in: "item.action", type: "string", values: ["ADD", "MODIFY"] }, { key: "speed", in: "item.characteristics.speed", type: "number", unit: "Mbit/s" }, { out: "fee", type: "number" }],
  rows: [{ id: "a", action: ["ADD"], speed: "[100..1000]", fee: 10 }, { id: "b", action: ["ADD"], speed: "[1000..2000]", fee: 20 }, { id: "c", action: ["MODIFY"], fee: 5 }],
};
const json = (table: DecisionTable): Json => table as unknown as Json;

function press(keys: string): PressedKey {
  const parts = keys.split("+").filter(Boolean);
  const last = keys.endsWith("++") ? "+" : parts.at(-1) ?? "";
  return { key: last === "Space" ? " " : last, ctrlKey: parts.includes("Mod"), metaKey: false, altKey: parts.includes("Alt"), shiftKey: parts.includes("Shift") };
}

describe("keys of the grid", () => {
  it.each(GRID_KEYS.map(([keys, action]) => [keys, action] as const))("%s: %s", (keys, action) => {
    expect(actionOf(press(keys))).toBe(action);
  });
  it("do with Command on a Mac what they do with Ctrl elsewhere", () => {
    expect(actionOf({ ...press("d"), metaKey: true })).toBe("fillDown");
  });
  it("begin a text when they are no action", () => {
    expect(["x", "5", "=", "-"].map((key) => typedBy(press(key)))).toEqual(["x", "5", "=", "-"]);
    expect([typedBy(press("Mod+x")), typedBy(press("F3"))]).toEqual([null, null]);
  });
  it("stand in menus as people read them", () => {
    expect([keysOfAction("moveRowsUp"), keysOfAction("fillDown"), keysOfAction("sortUp")]).toEqual(["Alt+↑", "Mod+D", undefined]);
  });
});

describe("what is in view", () => {
  const wide = { ...fees, columns: Array.from({ length: 60 }, (_, index) => ({ key: `c${index}`, in: "item.action", type: "string" as const })) };
  const fitting = fittingWidths(wide);
  it("is a few rows and columns of a large table, wherever one scrolls", () => {
    const layout = layOut(wide.columns, fitting, PLAIN_LOOK);
    for (const place of [0, 3_333, 100_000, 279_000]) {
      const rows = rowsInView(place, 600, 28, 10_000);
      expect([rows.from * 28 <= place, rows.to * 28 >= Math.min(place + 600, 280_000), rows.to - rows.from < 60]).toEqual([true, true, true]);
    }
    const columns = columnsInView(layout, 1_000, 800);
    expect(columns.to - columns.from).toBeLessThan(20);
  });
  it("leaves out hidden columns and keeps frozen ones", () => {
    const layout = layOut(wide.columns, fitting, { ...PLAIN_LOOK, hidden: ["c1"], frozen: 2, widths: { c0: 200 } });
    expect([layout.widths[0], layout.widths[1], layout.frozenWidth]).toEqual([200, 0, 248]);
    expect(columnsInView(layout, 500, 400).from).toBeGreaterThanOrEqual(2);
    expect(skipHidden({ row: 0, column: 0 }, { row: 0, column: 1 }, layout)).toEqual({ row: 0, column: 2 });
    expect(skipHidden({ row: 0, column: 2 }, { row: 0, column: 1 }, layout)).toEqual({ row: 0, column: 0 });
  });
  it("shows gaps behind the rows they are most like", () => {
    const lines = arrangeLines(3, [0, 0, 2]);
    expect(lines.within({ from: 0, to: lines.count }).map((line) => (line.kind === "row" ? line.row : `gap ${line.gap}`))).toEqual([0, "gap 0", "gap 1", 1, 2, "gap 2"]);
    expect([0, 1, 2].map(lines.lineOf)).toEqual([0, 3, 4]);
    expect([0, 1, 2, 3, 4, 5].map(lines.rowAt)).toEqual([0, 0, 0, 1, 2, 2]);
  });
  it("stays plain when what was kept of a look cannot be read", () => {
    expect([readLook(null), readLook("{"), readLook('{"wrap":true}')]).toEqual([PLAIN_LOOK, PLAIN_LOOK, { ...PLAIN_LOOK, wrap: true }]);
  });
});

describe("what is selected", () => {
  it("is copied together when its ranges share their rows or their columns", () => {
    const [a, b, c] = [rangeOf({ row: 0, column: 0 }, { row: 1, column: 0 }), rangeOf({ row: 0, column: 2 }, { row: 1, column: 2 }), rangeOf({ row: 4, column: 0 }, { row: 4, column: 1 })];
    expect(joinRanges([b, a])).toEqual({ rows: [0, 1], columns: [0, 2] });
    expect(joinRanges([a, c])).toBeNull();
    expect([selectedIn([a, b], 1), selectedIn([a, b], 3)]).toEqual(["0-0 2-2", ""]);
  });
});

describe("what the analysis says at the cells", () => {
  it("marks, of rows that overlap, the conditions that do not keep them apart, with an input", () => {
    const marks = marksOf(fees, analyzeTable(fees), []);
    expect([...marks].map(([row, { cells }]) => [row, [...cells.keys()]])).toEqual([[0, ["speed"]], [1, ["speed"]]]);
    expect(marks.get(0)?.cells.get("speed")?.message).toBe("Rows 1 and 2 both match, for example Action ADD, Speed 1000");
  });
  it("says nothing of overlaps where the first match wins, and marks the row that never answers", () => {
    const first: DecisionTable = { ...fees, hitPolicy: "FIRST", rows: [...fees.rows, { id: "d", action: ["MODIFY"], speed: "> 10", fee: 1 }] };
    expect([...marksOf(first, analyzeTable(first), [])].map(([row, { row: mark }]) => [row, mark?.family])).toEqual([[3, "attention"]]);
  });
  it("puts what the compiler says to the cell it says it of", () => {
    const marks = marksOf(fees, null, [{ code: "cell-value", severity: "error", file: "f", path: "/rows/2/speed", message: "No." }, { code: "x", severity: "error", file: "f", path: "/hitPolicy", message: "Elsewhere." }]);
    expect([...marks]).toEqual([[2, { row: null, cells: new Map([["speed", { family: "failed", message: "No." }]]) }]]);
  });
  it("puts a gap behind the row that asks most of what it has", () => {
    const found = new TableBook().analyze(json(fees), (table) => analyzeTable(table));
    expect(found?.gaps.map((gap) => gap["action"])).toEqual(found?.gapsAfter.map(() => "ADD"));
    expect(found?.gapsAfter.every((row) => row < 2)).toBe(true);
  });
});

describe("a cell in words", () => {
  const speed = { key: "speed", in: "item.characteristics.speed", type: "number", unit: "Mbit/s" } as const;
  it.each([
    ["[100..1000]", "from 100 to 1,000 Mbit/s, both included"], ["]100..1000]", "from 100 to 1,000 Mbit/s, the start not included"], [">= 50", "at least 50 Mbit/s"],
    ["1, 2", "one of these"], ['not("A", "B")', "anything but A, B"], ["", ""], ["5", ""],
  ])("%s", (text, said) => {
    expect(cellWords(text, speed)).toBe(said);
  });
  it("offers what goes on with the part behind the last comma", () => {
    const choices = [{ text: "ADD", detail: "" }, { text: "MODIFY", detail: "" }];
    expect(matchingChoices(choices, "ADD, mo").map(({ text }) => text)).toEqual(["MODIFY"]);
    expect([withChoice("ADD, mo", "MODIFY"), withChoice("mo", "MODIFY"), withChoice("ADD, ", "-")]).toEqual(["ADD, MODIFY", "MODIFY", "-"]);
  });
});

describe("row tests", () => {
  const book = new TableBook();
  const answers = (tests: readonly RowTest[]): ReturnType<TableBook["decide"]> => book.decide(json(fees), tests.map(({ input }) => input));
  const test = (input: RowTest["input"], expected: RowTest["expected"]): RowTest => ({ id: "t", input, expected });

  it("pass when the answer is the expected one; without expected answers, when no row answers", () => {
    const tests = [test({ action: "MODIFY" }, { fee: 5 }), test({ action: "MODIFY" }, { fee: 6 }), test({ action: "ADD", speed: 1 }, {}), test({ action: "ADD", speed: 1000 }, { fee: 10 })];
    expect(answers(tests).map((result, index) => passes(tests[index] as RowTest, result))).toEqual([true, false, true, false]);
  });
  it("are made for a row from what its cells take, and pass", () => {
    const made = fees.rows.map((row) => testFor(fees, row, []));
    expect(made[0]).toEqual({ id: "test-1", input: { action: "ADD", speed: 100 }, expected: { fee: 10 } });
    expect(made.slice(0, 1).map((one, index) => passes(one, answers(made)[index] as never))).toEqual([true]);
  });
  it("count which rows they reach", () => {
    expect([...hitsOf(answers([test({ action: "MODIFY" }, {}), test({ action: "MODIFY", speed: 3 }, {}), test({ action: "ADD", speed: 1 }, {})]))]).toEqual([["c", 2]]);
  });
  it("stand beside whatever else the file beside the table holds, and go without a trace", () => {
    const one = test({ action: "ADD" }, { fee: 1 });
    expect(testsIn(withTests({ other: 1 }, [one]))).toEqual([one]);
    expect([withTests({ other: 1, tests: [] }, []), withTests(undefined, [])]).toEqual([{ other: 1 }, null]);
    expect(testsIn({ tests: [{ rows: [] }, 5] })).toEqual([]);
  });
  it("take typed values as their columns do", () => {
    const [action, speed, fee] = fees.columns;
    expect([readTestText("ADD", action as never), readTestText("100", speed as never), readTestText("10", fee as never), readTestText(" ", fee as never)]).toEqual(["ADD", 100, 10, undefined]);
  });
});

describe("what an import would change", () => {
  it("is counted by rows: added, changed, removed, moved", () => {
    const [a, b, c] = fees.rows;
    expect(rowChanges(fees, { ...fees, rows: [c, { ...a, fee: 11 }, { id: "new" }] as DecisionTable["rows"] })).toEqual({ added: 1, changed: 1, removed: 1, moved: true });
    expect(rowChanges(fees, { ...fees, rows: [a, b, c] as DecisionTable["rows"] })).toEqual({ added: 0, changed: 0, removed: 0, moved: false });
  });
});
