import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../engine/language/limits.ts";
import type { DecisionTable, HitPolicy, TableRow } from "../../../engine/language/table-kinds.ts";
import type { Json } from "../../../engine/support/json.ts";
import { analyzeTable } from "../../../engine/table/analyze-table.ts";
import { compileWithProblems, makeTable } from "./make-table.ts";

const AGE = { key: "age", in: "item.age", type: "number" } as const;
const RISK = { key: "risk", in: "item.risk", type: "string", values: ["HIGH", "LOW"] } as const;
const OUT = { out: "answer", type: "string" } as const;
const table = (rows: readonly TableRow[], parts: Partial<DecisionTable> = {}): DecisionTable =>
  makeTable({ columns: [AGE, RISK, OUT], rows, hitPolicy: "UNIQUE", ...parts });

describe("gaps", () => {
  it("are inputs that no row matches, each with one example", () => {
    const found = analyzeTable(table([{ id: "old", age: ">= 18" }, { id: "young-low", age: "< 18", risk: ["LOW"] }]));
    expect(found.gaps).toEqual([{ age: 17, risk: "HIGH" }]);
  });

  it("are not there when every value of the column has a row", () => {
    expect(analyzeTable(table([{ id: "a", risk: ["HIGH"] }, { id: "b", risk: ["LOW"] }])).gaps).toEqual([]);
    expect(analyzeTable(table([{ id: "a", age: "< 18" }, { id: "b", age: ">= 18" }])).gaps).toEqual([]);
  });

  it("lie between open ends", () => {
    expect(analyzeTable(table([{ id: "a", age: "< 18" }, { id: "b", age: "> 18" }])).gaps).toEqual([{ age: 18, risk: "HIGH" }]);
  });

  it("do not lie between whole numbers where only whole numbers come", () => {
    const rows = [{ id: "a", age: "<= 17" }, { id: "b", age: ">= 18" }];
    expect(analyzeTable(table(rows)).gaps).toEqual([{ age: 17.5, risk: "HIGH" }]);
    expect(analyzeTable(table(rows), { known: { age: { integer: true } } }).gaps).toEqual([]);
    expect(analyzeTable(table([{ id: "a", age: "[1..9]" }]), { known: { age: { minimum: 1, maximum: 9 } } }).gaps).toEqual([]);
  });

  it("mean nothing where otherwise answers, or where no answer is an answer", () => {
    const rows = [{ id: "a", risk: ["HIGH"] }];
    expect(analyzeTable(table(rows, { otherwise: { answer: "x" } })).gaps).toEqual([]);
    expect(analyzeTable(table(rows, { hitPolicy: "COLLECT" })).gaps).toEqual([]);
  });

  it("are found for texts, dates, durations, booleans, lists and null", () => {
    const gapOf = (type: DecisionTable["columns"][number]["type"], ...cells: readonly Json[]): Json | undefined =>
      analyzeTable(makeTable({ columns: [{ key: "x", in: "item.x", type }], rows: cells.map((x, row) => ({ id: `r${row}`, x })), hitPolicy: "UNIQUE" })).gaps[0]?.["x"];
    expect(gapOf("string", ["A"], ["B"])).toBe("another text");
    expect(gapOf("string", ["A"], "not(\"A\")")).toBeUndefined();
    expect(gapOf("string", ["A"], "not(\"A\")", [null])).toBeUndefined();
    expect(gapOf("string", ["A", null])).toBe("another text");
    expect(gapOf("string", "not(\"A\")", [null])).toBe("A");
    expect(gapOf("boolean", [true])).toBe(false);
    expect(gapOf("boolean", [true], "false")).toBeUndefined();
    expect(gapOf("date", "< date(\"2026-01-01\")", "> date(\"2026-01-01\")")).toBe("2026-01-01");
    expect(gapOf("date", "<= date(\"2026-01-01\")", ">= date(\"2026-01-02\")")).toBe("2026-01-01T01:00:00.000Z");
    expect(gapOf("duration", "< duration(\"PT1H\")", "> duration(\"PT2H\")")).toBe("PT1H");
    expect(gapOf("duration", "< duration(\"P1Y\")", "> duration(\"P1Y\")")).toBe("P1Y");
    expect(gapOf("string", "< time(\"10:00:00\")", "> time(\"10:00:00\")")).toBe("10:00:00");
    expect(gapOf("list", ["A"], "not(\"A\")")).toEqual([]);
  });
});

describe("overlaps", () => {
  const rows = [{ id: "adult", age: ">= 18", answer: "yes" }, { id: "risky", risk: ["HIGH"], answer: "no" }];

  it("are wrong under UNIQUE", () => {
    expect(analyzeTable(table(rows))).toMatchObject({
      overlapsAreWrong: true, overlaps: [{ rows: [{ id: "adult", position: 0 }, { id: "risky", position: 1 }], input: { age: 18, risk: "HIGH" } }],
    });
  });

  it("are wrong under ANY only when the answers differ", () => {
    expect(analyzeTable(table(rows, { hitPolicy: "ANY" })).overlaps).toHaveLength(1);
    expect(analyzeTable(table(rows.map((row) => ({ ...row, answer: "same" })), { hitPolicy: "ANY" })).overlaps).toEqual([]);
  });

  it("are information under FIRST, and nothing under COLLECT", () => {
    expect(analyzeTable(table(rows, { hitPolicy: "FIRST" }))).toMatchObject({ overlapsAreWrong: false, overlaps: [{}] });
    expect(analyzeTable(table(rows, { hitPolicy: "COLLECT" })).overlaps).toEqual([]);
  });

  it("of lists need no common element: one list may hold both", () => {
    const found = analyzeTable(makeTable({ columns: [{ key: "roles", in: "actor.roles", type: "list" }], rows: [{ id: "a", roles: ["x"] }, { id: "b", roles: ["y"] }], hitPolicy: "UNIQUE" }));
    expect(found.overlaps[0]?.input["roles"]).toEqual(expect.arrayContaining(["x", "y"]));
  });
});

describe("rows that never answer", () => {
  it("are shadowed by earlier rows together", () => {
    const found = analyzeTable(table([{ id: "young", age: "< 18" }, { id: "old", age: ">= 18" }, { id: "twenty", age: [20] }], { hitPolicy: "FIRST" }));
    expect(found.shadowed).toEqual([{ id: "twenty", position: 2, by: [{ id: "old", position: 1 }] }]);
  });

  it("are not shadowed when an absent value reaches them", () => {
    const found = analyzeTable(makeTable({ columns: [{ key: "x", in: "item.x", type: "boolean" }], rows: [{ id: "t", x: [true] }, { id: "f", x: [false] }, { id: "else" }], hitPolicy: "FIRST" }));
    expect(found.shadowed).toEqual([]);
  });

  it("are shadowed by priority, whatever stands first", () => {
    const columns: DecisionTable["columns"] = [RISK, { out: "answer", type: "string", values: ["DECLINE", "APPROVE"] }];
    const found = analyzeTable(table([{ id: "approve", risk: ["LOW"], answer: "APPROVE" }, { id: "decline", answer: "DECLINE" }], { columns, hitPolicy: "PRIORITY" }));
    expect(found.shadowed).toMatchObject([{ id: "approve", by: [{ id: "decline" }] }]);
  });

  it("match nothing when a cell fits no value", () => {
    expect(analyzeTable(table([{ id: "a", risk: ["MEDIUM"] }, { id: "b", age: "[9..1]" }]))).toMatchObject({ dead: [{ id: "a", column: "risk" }, { id: "b", column: "age" }] });
  });
});

describe("answers that never come", () => {
  it("are values no row gives, and an otherwise that is never reached", () => {
    const columns: DecisionTable["columns"] = [RISK, { out: "answer", type: "string", values: ["yes", "no", "maybe"] }];
    const found = analyzeTable(table([{ id: "a", answer: "yes" }], { columns, hitPolicy: "FIRST", otherwise: { answer: "no" } }));
    expect(found).toMatchObject({ unusedOutputs: [{ output: "answer", value: "maybe" }], otherwiseUnused: true });
  });
});

describe("what cannot be reasoned about", () => {
  it("is left out and said to be, and nothing is guessed about it", () => {
    const found = analyzeTable(table([{ id: "odd", age: "odd(?)", risk: ["HIGH"] }, { id: "high", risk: ["HIGH"] }, { id: "low", risk: ["LOW"] }], { hitPolicy: "FIRST" }));
    expect(found).toMatchObject({ leftOut: [{ column: "age", rows: 1 }], shadowed: [], overlaps: [], gaps: [] });
  });

  it("is an expression over what another column reads", () => {
    const columns: DecisionTable["columns"] = [AGE, { key: "adult", in: "=item.age >= 18", type: "boolean" }, OUT];
    const found = analyzeTable(makeTable({ columns, rows: [{ id: "a", age: "< 10", adult: [true] }, { id: "b", age: "< 10" }], hitPolicy: "UNIQUE" }));
    expect(found).toMatchObject({ overlaps: [], leftOut: [{ column: "adult", rows: 1 }] });
  });

  it("two columns over one fact are one input", () => {
    const columns: DecisionTable["columns"] = [AGE, { ...AGE, key: "again" }, OUT];
    expect(analyzeTable(makeTable({ columns, rows: [{ id: "a", age: "< 10", again: "> 20" }], hitPolicy: "COLLECT" })).dead).toMatchObject([{ id: "a" }]);
  });
});

describe("bounded work", () => {
  it("a table without structure is given up, and says so", () => {
    const keys = Array.from({ length: 24 }, (_, column) => `c${column}`);
    const columns: DecisionTable["columns"] = keys.map((key) => ({ key, in: `item.${key}`, type: "number" }));
    const rows = Array.from({ length: 600 }, (_, row): TableRow => ({ id: `r${row}`, ...Object.fromEntries(keys.map((key, column) => [key, `not(${(row * 7 + column * 13) % 31})`])) }));
    const found = analyzeTable(makeTable({ columns, rows, hitPolicy: "ANY" }));
    expect(found.complete).toBe(false);
    expect(LIMITS.tableAnalysisSteps).toBeGreaterThan(1_000_000);
  });
});

describe("against looking at every input", () => {
  const NUMBERS = [0, 1, 2, 3, 4];
  const TEXTS = ["a", "b", "c"];
  const columns: DecisionTable["columns"] = [
    { key: "n", in: "item.n", type: "number", values: NUMBERS }, { key: "t", in: "item.t", type: "string", values: TEXTS },
    { key: "b", in: "item.b", type: "boolean" }, { out: "answer", type: "number", values: [2, 1, 0] },
  ];
  const n = fc.oneof(
    fc.constant("-"), fc.subarray(NUMBERS, { minLength: 1 }), fc.constantFrom("< 2", ">= 3", "> 0", "not(1, 2)", "(0..3]", "[1..2]", "< 1, > 3"),
  );
  const t = fc.oneof(fc.constant("-"), fc.subarray(TEXTS, { minLength: 1 }), fc.constantFrom("not(\"a\")", ">= \"b\"", "\"a\", \"c\""));
  const b = fc.constantFrom<Json>("-", [true], [false], "true, false");
  const rowsArbitrary = fc.array(fc.record({ n, t, b, answer: fc.integer({ min: 0, max: 2 }) }), { maxLength: 7 })
    .map((rows) => rows.map((row, position): TableRow => ({ ...row, id: `r${position}` })));

  /** Rows that match, in their order, for every input, an absent value among them. */
  const matchesOf = (given: DecisionTable): readonly { readonly absent: boolean; readonly rows: readonly number[] }[] => {
    const everything = compileWithProblems({ ...given, hitPolicy: "RULE_ORDER" });
    const withNull = <T>(values: readonly T[]): readonly (T | null)[] => [...values, null];
    return withNull(NUMBERS).flatMap((one) => withNull(TEXTS).flatMap((two) => withNull([true, false]).map((three) => ({
      absent: one === null || two === null || three === null,
      rows: everything.evaluate({ item: { n: one, t: two, b: three } }).rows.map((id) => Number(id.slice(1))),
    }))));
  };

  it.each<HitPolicy>(["UNIQUE", "FIRST", "ANY", "PRIORITY"])("%s: says exactly what a walk through all inputs finds", (hitPolicy) => {
    fc.assert(fc.property(rowsArbitrary, (rows) => {
      const given = makeTable({ columns, rows, hitPolicy });
      const all = matchesOf(given);
      const found = analyzeTable(given);
      expect(found).toMatchObject({ complete: true, leftOut: [] });
      expect(found.gaps.length > 0).toBe(all.some((each) => !each.absent && each.rows.length === 0));
      const dead = rows.flatMap((_, row) => (all.some((each) => each.rows.includes(row)) ? [] : [row]));
      expect(found.dead.map(({ position }) => position)).toEqual(dead);
      if (hitPolicy === "UNIQUE" || hitPolicy === "ANY") {
        const wrong = (left: number, right: number): boolean => hitPolicy === "UNIQUE" || rows[left]?.["answer"] !== rows[right]?.["answer"];
        const pairs = new Set(all.flatMap((each) => each.rows.flatMap((left, place) => each.rows.slice(place + 1).filter((right) => wrong(left, right)).map((right) => `${left} ${right}`))));
        expect(new Set(found.overlaps.map((each) => each.rows.map(({ position }) => position).join(" ")))).toEqual(pairs.size > 20 ? expect.anything() : pairs);
      } else {
        const best = (matched: readonly number[]): number | undefined =>
          hitPolicy === "FIRST" ? matched[0] : [...matched].sort((left, right) => (rows[right]?.["answer"] as number) - (rows[left]?.["answer"] as number) || left - right)[0];
        const winners = new Set(all.map((each) => best(each.rows)));
        const shadowed = rows.flatMap((_, row) => (winners.has(row) || dead.includes(row) ? [] : [row]));
        expect(found.shadowed.map(({ position }) => position).toSorted()).toEqual(shadowed.toSorted());
      }
    }), { numRuns: 150 });
  });

  it("every example input shows what it is an example of", () => {
    fc.assert(fc.property(rowsArbitrary, (rows) => {
      const found = analyzeTable(makeTable({ columns, rows, hitPolicy: "UNIQUE" }));
      const { evaluate } = compileWithProblems({ columns, rows, hitPolicy: "RULE_ORDER" });
      for (const input of found.gaps) expect(evaluate({ item: { ...input } }).rows).toEqual([]);
      for (const { rows: [left, right], input } of found.overlaps) expect(evaluate({ item: { ...input } }).rows).toEqual(expect.arrayContaining([left.id, right.id]));
    }), { numRuns: 150 });
  });
});
