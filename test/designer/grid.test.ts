import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromTsv, pasteWrites, toTsv } from "../../designer/grid/clipboard.ts";
import { cellText, rangeOf, readCellText, writeCells } from "../../designer/grid/grid-model.ts";
import { fillFrom, insertRows, moveRows, removeRows } from "../../designer/grid/row-edits.ts";
import { walkCells } from "../../designer/grid/walk-cells.ts";
import { FileMirror } from "../../designer/worker/file-mirror.ts";
import { LanguageService } from "../../designer/worker/language-service.ts";
import type { DecisionTable, TableRow } from "../../engine/language/table-kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import { loadDefinitions } from "../support/load-definitions.ts";

const columns: DecisionTable["columns"] = [
  { key: "offering", in: "item.offering", type: "string" },
  { key: "speed", in: "item.characteristics.speed", type: "number" },
  { key: "action", in: "item.action", type: "string", values: ["ADD", "MODIFY"] },
  { out: "plan", type: "string" },
  { out: "visits", type: "number" },
];

function table(rows: readonly TableRow[], hitPolicy: DecisionTable["hitPolicy"] = "UNIQUE"): DecisionTable {
  return { kind: "decision-table", key: "t", version: 1, title: "T", description: "A table.", purpose: "general", hitPolicy, columns, rows };
}

const some = table([
  { id: "a", offering: ["HOME"], speed: "[100..1000]", action: ["ADD"], plan: "fiber", visits: 1 },
  { id: "b", offering: ["HOME", "WORK"], plan: "=item.offering" },
]);

const words = fc.constantFrom("HOME", "a b", "=x", "-5", "+1", "@home", 'say "x"', "tab\there", "line\nbreak", "", "> 10");

describe("cells of a decision table", () => {
  it("show literals plainly and conditions as FEEL, and what matches anything as nothing", () => {
    expect(some.columns.map((column) => cellText(some.rows[0] as TableRow, column))).toEqual(["HOME", "[100..1000]", "ADD", "fiber", "1"]);
    expect(some.columns.map((column) => cellText(some.rows[1] as TableRow, column))).toEqual(["HOME, WORK", "", "", "=item.offering", ""]);
  });

  it("what is shown reads the same again", () => {
    for (const row of some.rows) {
      for (const column of columns) {
        const name = "key" in column ? column.key : column.out;
        expect(readCellText(cellText(row, column), column)).toEqual({ ok: true, value: row[name] });
      }
    }
  });

  it("a text that means nothing in its column is refused and changes nothing", () => {
    const { table: next, rejected } = writeCells(some, [{ row: 0, column: 1, text: "fast" }, { row: 0, column: 2, text: "REMOVE" }, { row: 1, column: 3, text: "copper" }]);
    expect(rejected.map(({ row, column }) => [row, column])).toEqual([[0, 1], [0, 2]]);
    expect(next.rows[0]).toEqual(some.rows[0]);
    expect(next.rows[1]?.["plan"]).toBe("copper");
  });

  it("the table grows as far as it is written, with ids nobody has; untouched rows stay the same objects", () => {
    const { table: next } = writeCells(some, [{ row: 4, column: 0, text: "WORK" }]);
    expect(next.rows).toHaveLength(5);
    expect(new Set(next.rows.map(({ id }) => id)).size).toBe(5);
    expect(next.rows[0]).toBe(some.rows[0]);
  });

  it("rows are inserted, moved and removed without losing their identity", () => {
    const grown = insertRows(some, 1, 2);
    expect(grown.rows.map(({ id }) => id)).toEqual(["a", "row-3", "row-4", "b"]);
    expect(removeRows(grown, 1, 2).rows).toEqual(some.rows);
    expect(moveRows(some, 0, 0, 1).rows.map(({ id }) => id)).toEqual(["b", "a"]);
    expect(moveRows(some, 0, 0, -1)).toBe(some);
  });

  it("filling copies the first row down, and the first column right where the types are the same", () => {
    const down = fillFrom(some, rangeOf({ row: 0, column: 0 }, { row: 0, column: 3 }), rangeOf({ row: 0, column: 0 }, { row: 1, column: 3 }));
    expect(down.rows[1]).toEqual({ ...some.rows[0], id: "b", visits: undefined } satisfies Record<string, Json | undefined>);
    const right = fillFrom(some, rangeOf({ row: 0, column: 0 }, { row: 0, column: 0 }), rangeOf({ row: 0, column: 0 }, { row: 0, column: 2 }));
    expect(right.rows[0]?.["action"]).toEqual(["HOME"]);
    expect(right.rows[0]?.["speed"]).toBe("[100..1000]");
  });
});

describe("copy and paste", () => {
  it("what is copied is pasted as it was, through every spreadsheet character", () => {
    fc.assert(
      fc.property(fc.array(fc.array(words, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (cells) => {
        const width = Math.max(...cells.map((row) => row.length));
        const square = cells.map((row) => [...row, ...Array.from({ length: width - row.length }, () => "")]);
        const tsv = square.map((row) => row.map((text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join("\t")).join("\n");
        const read = fromTsv(tsv);
        const last = square.length > 1 && width === 1 && square.at(-1)?.[0] === "" ? square.slice(0, -1) : square;
        expect(read).toEqual(last);
      }),
    );
  });

  it("nothing copied can run as a formula, and pasting takes the guard away again", () => {
    const risky = table([{ id: "a", plan: "=item.offering" }]);
    const copied = toTsv(risky, { rows: [0], columns: [3] });
    expect(copied).toBe("'=item.offering");
    expect(fromTsv(copied)).toEqual([["=item.offering"]]);
  });

  it("one value fills a range, several go where they belong", () => {
    expect(pasteWrites([["X"]], rangeOf({ row: 0, column: 0 }, { row: 1, column: 1 }))).toHaveLength(4);
    expect(pasteWrites([["X", "Y"]], rangeOf({ row: 2, column: 1 }, { row: 2, column: 1 }))).toEqual([{ row: 2, column: 1, text: "X" }, { row: 2, column: 2, text: "Y" }]);
  });
});

describe("walking the cells", () => {
  const size = { rows: 100, columns: 10, page: 20 };
  const at = { row: 5, column: 5 };
  it.each([
    ["ArrowDown", false, { row: 6, column: 5 }], ["ArrowLeft", false, { row: 5, column: 4 }], ["PageDown", false, { row: 25, column: 5 }], ["PageUp", false, { row: 0, column: 5 }],
    ["Home", false, { row: 5, column: 0 }], ["End", false, { row: 5, column: 9 }], ["Home", true, { row: 0, column: 0 }], ["End", true, { row: 99, column: 9 }], ["ArrowDown", true, { row: 99, column: 5 }], ["x", false, null],
  ])("%s (Ctrl %s)", (key, ctrl, to) => {
    expect(walkCells(at, { key, ctrl }, size, () => false)).toEqual(to);
  });
  it("Ctrl and an arrow stop at the end of a filled block, and over a gap at the next one", () => {
    const filled = new Set([5, 6, 7, 12]);
    expect(walkCells(at, { key: "ArrowDown", ctrl: true }, size, ({ row }) => !filled.has(row))).toEqual({ row: 7, column: 5 });
    expect(walkCells({ row: 7, column: 5 }, { key: "ArrowDown", ctrl: true }, size, ({ row }) => !filled.has(row))).toEqual({ row: 12, column: 5 });
  });
});

describe("a table that looks through itself", () => {
  const service = new LanguageService();
  const shippedPath = "decision-table/home-fiber-decomposition.json";
  const mirror = new FileMirror();
  const shipped = new Map(loadDefinitions().map(({ path, content }) => [path, { content: content as Json }]));
  const given = (path: string, content: DecisionTable): void => service.take(mirror.updatesTo(new Map(shipped).set(path, { content: content as unknown as Json })));

  it("the shipped decompositions have no gap an order can reach, and without a row one that belongs behind its neighbors", () => {
    const table = shipped.get(shippedPath)?.content as unknown as DecisionTable;
    given(shippedPath, table);
    expect(service.analyze(shippedPath)?.gaps).toEqual([]);
    given(shippedPath, { ...table, rows: table.rows.slice(1) });
    const found = service.analyze(shippedPath);
    expect(found?.gaps.length).toBeGreaterThan(0);
    expect(found?.gapsAfter).toEqual(found?.gaps.map(() => 1));
  });

  it("says which rows fire for a case, which match, and what the nearest lack", () => {
    given("decision-table/t.json", some);
    expect(service.decide("decision-table/t.json", [{ offering: "HOME", speed: 500, action: "ADD" }, { offering: "WORK" }, { offering: "X" }]).map(({ hit, rows }) => [hit, rows])).toEqual([["conflict", ["a", "b"]], ["one", ["b"]], ["none", []]]);
    expect(service.trace("decision-table/t.json", { offering: "HOME", speed: 5, action: "ADD" })).toEqual({ matching: [1], nearest: [{ position: 0, misses: ["speed"] }] });
  });
});
