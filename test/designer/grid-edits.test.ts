import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromTsv, pasteWrites } from "../../designer/grid/clipboard.ts";
import { addColumn, freeColumnName, moveColumnsTo, removeColumns } from "../../designer/grid/column-edits.ts";
import { rangeOf, writeCells, type Range } from "../../designer/grid/grid-model.ts";
import type { EditAction } from "../../designer/grid/key-map.ts";
import { perform } from "../../designer/grid/perform.ts";
import { fillFrom, moveRowsTo } from "../../designer/grid/row-edits.ts";
import { applyPatch } from "../../designer/worker/content-patch.ts";
import { FileMirror } from "../../designer/worker/file-mirror.ts";
import { currentFiles, editFiles, openWorkspace, redo, undo, useWorkspace } from "../../designer/workspace/workspace.ts";
import { parseFeelCell } from "../../engine/feel/parse-cell.ts";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import type { DecisionTable, HitPolicy } from "../../engine/language/table-kinds.ts";
import { readInputCell } from "../../engine/sheet/read-input-cell.ts";
import type { Json } from "../../engine/support/json.ts";

const PATH = "decision-table/fees.json";

const fees: DecisionTable = {
  kind: "decision-table", key: "fees", version: 1, title: "Fees", description: "What it costs.", purpose: "general", hitPolicy: "FIRST",
  columns: [
    { key: "offering", in: "item.offering", type: "string" }, { key: "speed", in: "item.characteristics.speed", type: "number", unit: "Mbit/s" },
    { key: "action", in: "item.action", type: "string", values: ["ADD", "MODIFY"] }, { out: "fee", type: "number" }, { out: "note", type: "string" },
  ],
  rows: [
    { id: "a", offering: ["HOME"], speed: "[100..1000]", action: ["ADD"], fee: 10, note: "new" }, { id: "b", offering: ["HOME", "WORK"], fee: 5 },
    { id: "c", speed: ">= 50", action: ["MODIFY"], fee: 3, note: "=item.offering" }, { id: "d", offering: ["WORK"], note: "late" },
  ],
  otherwise: { fee: 0 },
};

const cell = fc.record({ row: fc.nat(7), column: fc.nat(6) });
const range = fc.tuple(cell, cell).map(([a, b]) => rangeOf(a, b));
const text = fc.constantFrom("HOME", "", "-", "100", "[1..5]", "> 10", "ADD", "ADD, MODIFY", "=item.offering", "not(WORK)", "fast", 'say "x"', "two\nlines");
const ACTIONS: readonly EditAction[] = [
  "clear", "fillDown", "fillRight", "insertAbove", "insertBelow", "duplicateRows", "removeRows", "moveRowsUp", "moveRowsDown",
  "moveColumnsLeft", "moveColumnsRight", "removeColumns", "sortUp", "sortDown",
];
const POLICIES: readonly HitPolicy[] = ["UNIQUE", "FIRST", "ANY", "COLLECT"];

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ how: fc.constant("type" as const), cell, text }) },
  { weight: 2, arbitrary: fc.record({ how: fc.constant("paste" as const), range, cells: fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }) }) },
  { weight: 6, arbitrary: fc.record({ how: fc.constant("act" as const), action: fc.constantFrom(...ACTIONS), range }) },
  fc.record({ how: fc.constant("drag fill" as const), source: range, target: range }),
  fc.record({ how: fc.constant("drag rows" as const), range, target: fc.nat(8) }),
  fc.record({ how: fc.constant("drag columns" as const), range, target: fc.nat(8) }),
  fc.record({ how: fc.constant("add column" as const), output: fc.boolean() }),
  fc.record({ how: fc.constant("policy" as const), policy: fc.constantFrom(...POLICIES) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const table = (): DecisionTable => currentFiles().get(PATH)?.content as unknown as DecisionTable;

/** A range inside the table as it is now, as the selection of the grid always is. */
function inside({ from, to }: Range, { rows, columns }: DecisionTable): Range {
  const clamp = (value: number, count: number): number => Math.max(0, Math.min(value, count - 1));
  return { from: { row: clamp(from.row, rows.length), column: clamp(from.column, columns.length) }, to: { row: clamp(to.row, rows.length), column: clamp(to.column, columns.length) } };
}

function take(now: DecisionTable, next: Step): DecisionTable {
  switch (next.how) {
    case "type": return writeCells(now, [{ ...inside(rangeOf(next.cell, next.cell), now).from, text: next.text }]).table;
    case "paste": return writeCells(now, pasteWrites(fromTsv(next.cells.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join("\t")).join("\n")), inside(next.range, now))).table;
    case "act": return perform(next.action, now, inside(next.range, now))?.table ?? now;
    case "drag fill": return now.rows.length === 0 ? now : fillFrom(now, inside(next.source, now), inside(next.target, now));
    case "drag rows": return moveRowsTo(now, inside(next.range, now).from.row, inside(next.range, now).to.row, Math.min(next.target, now.rows.length));
    case "drag columns": return moveColumnsTo(now, inside(next.range, now).from.column, inside(next.range, now).to.column, next.target);
    case "add column": return addColumn(now, next.output ? { out: freeColumnName(now, "answer"), type: "string" } : { key: freeColumnName(now, "condition"), in: "item.action", type: "string" });
    case "policy": return { ...now, hitPolicy: next.policy };
  }
}

const open = (): void => openWorkspace({ release: { digest: "d".repeat(64), name: "2026.11.0" }, files: [{ path: PATH, text: formatDefinition(fees as unknown as Json) }] });
const bytes = (): string => currentFiles().get(PATH)?.text ?? "";

describe("any edits of the grid", () => {
  it("undone fully give the original bytes, redone fully the final ones", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        open();
        const original = bytes();
        for (const next of steps) editFiles([{ path: PATH, content: take(table(), next) as unknown as Json }], { label: next.how });
        const final = bytes();
        const count = useWorkspace.getState().history.past.length;
        for (let done = 0; done < count; done += 1) undo();
        expect(bytes()).toBe(original);
        for (let done = 0; done < count; done += 1) redo();
        expect(bytes()).toBe(final);
      }),
    );
  });

  it("leave a table with every id once, conditions before answers, no cell outside its columns, and one answer at least", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const end = steps.reduce(take, fees);
        const names = ["id", ...end.columns.map((column) => ("key" in column ? column.key : column.out))];
        const sides = end.columns.map((column) => "out" in column);
        expect(new Set(end.rows.map(({ id }) => id)).size).toBe(end.rows.length);
        expect(sides).toEqual(sides.toSorted((a, b) => Number(a) - Number(b)));
        expect(sides).toContain(true);
        expect(end.rows.flatMap((row) => Object.keys(row)).filter((name) => !names.includes(name))).toEqual([]);
      }),
    );
  });

  it("reach the worker as patches that give it the very same table", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        const mirror = new FileMirror();
        let [now, there]: [DecisionTable, Json | undefined] = [fees, undefined];
        const send = (): void => {
          for (const { patch } of structuredClone(mirror.updatesTo(new Map([[PATH, { content: now as unknown as Json }]])))) if (patch !== null) there = applyPatch(there, patch);
        };
        send();
        for (const next of steps) {
          now = take(now, next);
          send();
          expect(there).toEqual(now);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("of one cell send one row", () => {
    const mirror = new FileMirror();
    mirror.updatesTo(new Map([[PATH, { content: fees as unknown as Json }]]));
    const { table: next } = writeCells(fees, [{ row: 1, column: 0, text: "WORK" }]);
    expect(mirror.updatesTo(new Map([[PATH, { content: next as unknown as Json }]]))).toEqual([{ path: PATH, patch: { members: { rows: { from: 1, removed: 1, added: [{ id: "b", offering: ["WORK"], fee: 5 }] } } } }]);
  });
});

describe("numbers in a cell", () => {
  const number = fc.oneof(fc.nat(), fc.nat(999_999).map((value) => value / 1000));

  it("are read as FEEL reads them, though no parser is asked", () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 4 }), (numbers) => {
        const text = numbers.join(", ");
        const parsed = parseFeelCell(text, "number");
        const values = parsed.any ? [] : parsed.tests.flatMap((test) => (test.kind === "equals" ? test.literals.map((literal) => literal?.value) : []));
        expect(readInputCell(text, "number")).toEqual({ ok: true, cell: values });
      }),
    );
  });
});

describe("edits one by one", () => {
  const whole = (row: number): Range => ({ from: { row, column: 0 }, to: { row, column: 4 } });
  const ids = (done: DecisionTable | undefined): readonly string[] => done?.rows.map(({ id }) => id) ?? [];

  it.each([
    ["insertAbove", ["a", "row-5", "b", "c", "d"]], ["insertBelow", ["a", "b", "row-5", "c", "d"]], ["duplicateRows", ["a", "b", "row-5", "c", "d"]],
    ["removeRows", ["a", "c", "d"]], ["moveRowsUp", ["b", "a", "c", "d"]], ["moveRowsDown", ["a", "c", "b", "d"]],
  ] as const)("%s of the second row", (action, expected) => {
    expect(ids(perform(action, fees, whole(1))?.table)).toEqual(expected);
  });

  it("sorting takes numbers as numbers and puts empty cells last; what is in order is left alone", () => {
    const at = rangeOf({ row: 0, column: 3 }, { row: 0, column: 3 });
    expect(ids(perform("sortUp", fees, at)?.table)).toEqual(["c", "b", "a", "d"]);
    expect(perform("sortDown", fees, at)).toBeNull();
    expect(ids(perform("sortDown", { ...fees, rows: fees.rows.toReversed() }, at)?.table)).toEqual(["a", "b", "c", "d"]);
  });

  it("a column is removed with its cells, those of otherwise included; the last answer stays", () => {
    const fewer = removeColumns(fees, 3, 3);
    expect(fewer.columns).toHaveLength(4);
    expect(fewer.rows.some((row) => Object.hasOwn(row, "fee"))).toBe(false);
    expect(fewer.otherwise).toEqual({});
    expect(removeColumns(fees, 3, 4)).toBe(fees);
  });

  it("filling repeats what was selected, as often as it fits", () => {
    const filled = fillFrom(fees, rangeOf({ row: 0, column: 3 }, { row: 1, column: 3 }), rangeOf({ row: 0, column: 3 }, { row: 3, column: 3 }));
    expect(filled.rows.map(({ fee }) => fee)).toEqual([10, 5, 10, 5]);
  });

  it("what is pasted below the last row makes rows; beyond the limit of a table it is refused", () => {
    const { table: grown } = writeCells(fees, [{ row: 6, column: 0, text: "WORK" }]);
    expect(grown.rows).toHaveLength(7);
    expect(writeCells(fees, [{ row: 10_000, column: 0, text: "WORK" }]).rejected.map(({ message }) => message)).toEqual(["A table has at most 10,000 rows."]);
  });
});
