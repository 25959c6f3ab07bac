import { describe, expect, it } from "vitest";
import type { DecisionTable, HitPolicy, OutputColumn, TableRow } from "../../../engine/language/table-kinds.ts";
import type { Json } from "../../../engine/support/json.ts";
import { compileWithProblems } from "./make-table.ts";

// The applicant's age decides; several rows overlap, as in the examples of the DMN specification.
const AGE = { key: "age", in: "item.age", type: "number" } as const;
const RATING: OutputColumn = { out: "rating", type: "string", values: ["DECLINE", "REFER", "ACCEPT"] };
const ROWS: readonly TableRow[] = [
  { id: "adult", age: ">= 18", rating: "ACCEPT" },
  { id: "young", age: "< 25", rating: "REFER" },
  { id: "minor", age: "< 18", rating: "DECLINE" },
  { id: "senior", age: ">= 65", rating: "REFER" },
];

function decide(hitPolicy: HitPolicy, age: Json, parts: Partial<DecisionTable> = {}): unknown {
  const table = compileWithProblems({ hitPolicy, columns: [AGE, RATING], rows: ROWS, ...parts });
  expect(table.problems).toEqual([]);
  return table.evaluate({ item: { age } });
}

const one = (outputs: Json, ...rows: readonly string[]): unknown => ({ hit: "one", outputs, rows, otherwise: false });

describe("UNIQUE", () => {
  it("answers with the one row that matches", () => {
    expect(decide("UNIQUE", 40)).toEqual(one({ rating: "ACCEPT" }, "adult"));
  });
  it("is a conflict when two rows match, and names them", () => {
    expect(decide("UNIQUE", 20)).toEqual({ hit: "conflict", rows: ["adult", "young"], message: expect.stringContaining("adult, young") });
  });
  it("is a conflict also when both say the same", () => {
    expect(decide("UNIQUE", 20, { rows: ROWS.map((row) => ({ ...row, rating: "REFER" })) })).toMatchObject({ hit: "conflict" });
  });
});

describe("FIRST", () => {
  it("answers with the first row that matches, in the order of the rows", () => {
    expect(decide("FIRST", 20)).toEqual(one({ rating: "ACCEPT" }, "adult"));
    expect(decide("FIRST", 20, { rows: ROWS.toReversed() })).toEqual(one({ rating: "REFER" }, "young"));
  });
});

describe("PRIORITY", () => {
  it("answers with the output that comes first in values, whatever the order of the rows", () => {
    expect(decide("PRIORITY", 10)).toEqual(one({ rating: "DECLINE" }, "minor"));
    expect(decide("PRIORITY", 20)).toEqual(one({ rating: "REFER" }, "young"));
    expect(decide("PRIORITY", 20, { rows: ROWS.toReversed() })).toEqual(one({ rating: "REFER" }, "young"));
  });
  it("takes the first output column as the most significant, then the next, then the row order", () => {
    const columns = [AGE, { out: "note", type: "string" }, RATING, { out: "route", type: "string", values: ["SLOW", "FAST"] }] as const;
    const rows = [
      { id: "a", note: "1", rating: "REFER", route: "FAST" },
      { id: "b", note: "2", rating: "REFER", route: "SLOW" },
      { id: "c", note: "0", rating: "REFER", route: "SLOW" },
      { id: "d", note: "0", rating: "ACCEPT", route: "SLOW" },
    ];
    expect(decide("PRIORITY", 1, { columns, rows })).toEqual(one({ note: "2", rating: "REFER", route: "SLOW" }, "b"));
  });
  it("puts a computed output outside values last", () => {
    const rows = [{ id: "odd", rating: "=\"OTHER\"" }, { id: "accept", rating: "ACCEPT" }];
    expect(decide("PRIORITY", 1, { rows })).toEqual(one({ rating: "ACCEPT" }, "accept"));
  });
});

describe("ANY", () => {
  it("answers when all rows that match say the same, and names them all", () => {
    const rows = ROWS.map((row) => ({ ...row, rating: row.id === "minor" ? "DECLINE" : "REFER" }));
    expect(decide("ANY", 20, { rows })).toEqual(one({ rating: "REFER" }, "adult", "young"));
  });
  it("is a conflict when they differ", () => {
    expect(decide("ANY", 20)).toEqual({ hit: "conflict", rows: ["adult", "young"], message: expect.stringContaining("ANY") });
  });
});

describe("COLLECT, RULE_ORDER and OUTPUT_ORDER", () => {
  it("COLLECT and RULE_ORDER list the outputs in the order of the rows", () => {
    const list = { hit: "list", list: [{ rating: "ACCEPT" }, { rating: "REFER" }], rows: ["adult", "young"] };
    expect(decide("COLLECT", 20)).toEqual(list);
    expect(decide("RULE_ORDER", 20)).toEqual(list);
  });
  it("OUTPUT_ORDER lists them by the order of values, rows of the same rank in their order", () => {
    const rows = [...ROWS, { id: "again", age: "-", rating: "ACCEPT" }];
    expect(decide("OUTPUT_ORDER", 20, { rows })).toEqual({
      hit: "list", list: [{ rating: "REFER" }, { rating: "ACCEPT" }, { rating: "ACCEPT" }], rows: ["young", "adult", "again"],
    });
  });
});

describe("COLLECT with an aggregate", () => {
  const fees = (aggregate: "SUM" | "MIN" | "MAX" | "COUNT", age: Json, rows?: readonly TableRow[], parts: Partial<DecisionTable> = {}): unknown =>
    decide("COLLECT", age, {
      aggregate,
      columns: [AGE, { out: "fee", type: "number" }],
      rows: rows ?? [{ id: "base", age: "> 0", fee: 10 }, { id: "late", age: "> 5", fee: 2.5 }, { id: "half", age: "> 5", fee: "=item.age / 2" }],
      ...parts,
    });

  it.each([["SUM", 17.5], ["MIN", 2.5], ["MAX", 10], ["COUNT", 3]] as const)("%s of the rows that match is %d", (aggregate, value) => {
    expect(fees(aggregate, 10)).toEqual(one({ fee: value }, "base", "late", "half"));
  });
  it("COUNT of no row is 0, every other aggregate of no row is no answer", () => {
    expect(fees("COUNT", 0)).toEqual(one({ fee: 0 }));
    for (const aggregate of ["SUM", "MIN", "MAX"] as const) expect(fees(aggregate, 0)).toEqual({ hit: "none", rows: [] });
  });
  it("otherwise stands before the COUNT of no row", () => {
    expect(fees("COUNT", 0, undefined, { otherwise: { fee: 99 } })).toEqual({ hit: "one", outputs: { fee: 99 }, rows: [], otherwise: true });
  });
  it("an output that is no number is a conflict and is not left out", () => {
    expect(fees("SUM", 1, [{ id: "a", fee: 1 }, { id: "b", fee: "=item.none" }])).toMatchObject({ hit: "conflict", rows: ["a", "b"] });
    expect(fees("SUM", 1, [{ id: "a" }])).toMatchObject({ hit: "conflict" });
  });
});

describe("when no row matches", () => {
  it.each(["UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE_ORDER", "OUTPUT_ORDER"] as const)("%s gives no answer, or otherwise", (hitPolicy) => {
    const rows = [{ id: "never", age: "< 0", rating: "ACCEPT" }];
    expect(decide(hitPolicy, 20, { rows })).toEqual({ hit: "none", rows: [] });
    expect(decide(hitPolicy, 20, { rows, otherwise: { rating: "=if item.age > 1 then \"REFER\" else null" } })).toEqual({
      hit: "one", outputs: { rating: "REFER" }, rows: [], otherwise: true,
    });
  });
});
