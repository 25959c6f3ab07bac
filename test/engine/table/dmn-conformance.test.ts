import { describe, expect, it } from "vitest";
import type { ColumnType, DecisionTable, TableRow } from "../../../engine/language/table-kinds.ts";
import type { Json } from "../../../engine/support/json.ts";
import { compileWithProblems } from "./make-table.ts";

type Parts = Omit<Parameters<typeof compileWithProblems>[0], "rows"> & { readonly rows: readonly TableRow[] };

/** What a table answers in the words of the standard: one value or context, a list of them, or null. */
function decide(parts: Parts, input: { readonly [column: string]: Json }): Json {
  const { evaluate, problems } = compileWithProblems(parts);
  expect(problems).toEqual([]);
  const result = evaluate({}, new Map(Object.entries(input)));
  const only = parts.columns.filter((column) => "out" in column).length === 1;
  const plain = (outputs: { readonly [output: string]: Json }): Json => (only ? Object.values(outputs)[0] ?? null : outputs);
  if (result.hit === "one") return plain(result.outputs);
  return result.hit === "list" ? result.list.map(plain) : null;
}

const input = (key: string, type: ColumnType) => ({ key, in: `item.${key}`, type }) as const;
const APPLICANT = [input("age", "number"), input("risk", "string"), input("affordable", "boolean")] as const;
const STATUS = { out: "status", type: "string", values: ["Approved", "Declined"] } as const;

describe("hit policies (DMN 1.5, 8.2.10)", () => {
  const loan: readonly TableRow[] = [
    { id: "1", age: ">= 18", risk: "\"Medium\", \"Low\"", affordable: "true", status: "Approved" },
    { id: "2", age: "< 18", risk: "\"Medium\", \"Low\"", affordable: "true", status: "Declined" },
    { id: "3", risk: "\"High\"", affordable: "true", status: "Declined" },
    { id: "4", affordable: "false", status: "Declined" },
  ];

  it.each([
    [{ age: 18, risk: "Medium", affordable: true }, "Approved"], [{ age: 17, risk: "Low", affordable: true }, "Declined"],
    [{ age: 30, risk: "High", affordable: true }, "Declined"], [{ age: 30, risk: "Low", affordable: false }, "Declined"],
    [{ age: null, risk: "Low", affordable: true }, null], [{ age: 18, risk: "Other", affordable: true }, null],
    [{ age: null, risk: null, affordable: false }, "Declined"], [{ age: "18", risk: "Low", affordable: true }, null],
  ])("UNIQUE: %j is %j", (given, expected) => {
    expect(decide({ columns: [...APPLICANT, STATUS], rows: loan, hitPolicy: "UNIQUE" }, given)).toBe(expected);
  });

  it("UNIQUE: two rows that match are no answer", () => {
    const rows = [{ id: "1", age: ">= 18", status: "Approved" }, { id: "2", age: ">= 21", status: "Approved" }];
    expect(decide({ columns: [...APPLICANT, STATUS], rows, hitPolicy: "UNIQUE" }, { age: 30 })).toBeNull();
  });

  const several: readonly TableRow[] = [
    { id: "1", age: ">= 18", affordable: "true", status: "Approved" }, { id: "2", age: "< 18", status: "Declined" },
    { id: "3", risk: "\"High\"", status: "Declined" }, { id: "4", affordable: "false", status: "Declined" },
  ];
  it.each([
    ["ANY", { age: 17, risk: "High", affordable: false }, "Declined"], ["ANY", { age: 18, risk: "High", affordable: true }, null], ["ANY", { age: 18, risk: "Low", affordable: true }, "Approved"],
    ["PRIORITY", { age: 18, risk: "High", affordable: true }, "Approved"], ["PRIORITY", { age: 17, risk: "High", affordable: true }, "Declined"], ["PRIORITY", { age: 20, risk: "Low", affordable: null }, null],
    ["FIRST", { age: 18, risk: "High", affordable: true }, "Approved"], ["FIRST", { age: 17, risk: "High", affordable: true }, "Declined"],
  ] as const)("%s: %j is %j", (hitPolicy, given, expected) => {
    expect(decide({ columns: [...APPLICANT, STATUS], rows: several, hitPolicy }, given)).toBe(expected);
  });

  const RATE = { out: "rate", type: "string", values: ["Best", "Standard"] } as const;
  const rated: readonly TableRow[] = [
    { id: "1", age: ">= 18", status: "Approved", rate: "Standard" }, { id: "2", age: ">= 12", status: "Declined", rate: "Standard" }, { id: "3", age: "< 12", status: "Declined", rate: "Standard" },
    { id: "4", risk: "\"Low\"", status: "Approved", rate: "Best" },
  ];
  it.each([
    ["FIRST", { age: 20, risk: "Low" }, { status: "Approved", rate: "Standard" }],
    ["PRIORITY", { age: 20, risk: "Low" }, { status: "Approved", rate: "Best" }],
    ["RULE_ORDER", { age: 20, risk: "Low" }, [{ status: "Approved", rate: "Standard" }, { status: "Declined", rate: "Standard" }, { status: "Approved", rate: "Best" }]],
    ["OUTPUT_ORDER", { age: 20, risk: "Low" }, [{ status: "Approved", rate: "Best" }, { status: "Approved", rate: "Standard" }, { status: "Declined", rate: "Standard" }]],
    ["COLLECT", { age: 5, risk: "Low" }, [{ status: "Declined", rate: "Standard" }, { status: "Approved", rate: "Best" }]],
  ] as const)("%s with two outputs: %j is %j", (hitPolicy, given, expected) => {
    expect(decide({ columns: [...APPLICANT, STATUS, RATE], rows: rated, hitPolicy }, given)).toEqual(expected);
  });

  const fees: readonly TableRow[] = [{ id: "1", age: "> 10", fee: 30 }, { id: "2", age: "> 20", fee: 10 }, { id: "3", age: "> 30", fee: 10 }, { id: "4", age: "> 100", fee: -5 }];
  it.each([
    ["SUM", 40, 50], ["MIN", 40, 10], ["MAX", 40, 30], ["COUNT", 40, 3], ["SUM", 15, 30], ["MIN", 120, -5], ["COUNT", 5, 0], ["SUM", 5, null], ["MIN", 5, null],
  ] as const)("COLLECT %s of those above %d is %j", (aggregate, age, expected) => {
    expect(decide({ columns: [APPLICANT[0], { out: "fee", type: "number" }], rows: fees, hitPolicy: "COLLECT", aggregate }, { age })).toBe(expected);
  });

  it("COLLECT without an operator lists the outputs, repeats too", () => {
    expect(decide({ columns: [APPLICANT[0], { out: "fee", type: "number" }], rows: fees, hitPolicy: "COLLECT" }, { age: 40 })).toEqual([30, 10, 10]);
  });

  it.each(["UNIQUE", "ANY", "PRIORITY", "FIRST"] as const)("%s: the default outputs answer when no row matches", (hitPolicy) => {
    expect(decide({ columns: [...APPLICANT, STATUS], rows: loan, hitPolicy, otherwise: { status: "Declined" } }, { age: null, affordable: null })).toBe("Declined");
  });

  it("an output may be an expression", () => {
    const columns: DecisionTable["columns"] = [APPLICANT[0], { out: "fee", type: "number" }];
    expect(decide({ columns, rows: [{ id: "1", age: "-", fee: "=10 * (2 + 3)" }], hitPolicy: "UNIQUE" }, { age: 1 })).toBe(50);
  });
});

describe("unary tests (DMN 1.5, 7.3.9 and 10.3.2.8)", () => {
  const matches = (type: ColumnType, cell: Json, value: Json): Json =>
    decide({ columns: [input("x", type), { out: "hit", type: "boolean" }], rows: [{ id: "r", x: cell, hit: true }], hitPolicy: "UNIQUE", otherwise: { hit: false } }, { x: value });

  const cases: readonly (readonly [type: ColumnType, cell: string, yes: readonly Json[], no: readonly Json[]])[] = [
    ["number", "5", [5, 5.0], [4, "5", null]], ["number", "-5", [-5], [5]], ["number", "1.5", [1.5], [1]], ["number", "< 10", [9.99, -1], [10, null]], ["number", "<= 10", [10], [10.01]],
    ["number", "> 10", [10.01], [10]], ["number", ">= 10", [10], [9.99]], ["number", "= 10", [10], [9]], ["number", "!= 10", [9], [10, null]],
    ["number", "[1..10]", [1, 5, 10], [0.99, 10.01, null]], ["number", "(1..10)", [1.01, 9.99], [1, 10]], ["number", "]1..10[", [1.01, 9.99], [1, 10]], ["number", "[1..10)", [1], [10]], ["number", "(1..10]", [10], [1]], ["number", "[1..10[", [1], [10]],
    ["number", "1, 2, 3", [1, 3], [4]], ["number", "< 1, > 10", [0, 11], [1, 10]], ["number", "[1..3], [7..9], 20", [2, 8, 20], [5, 10]], ["number", "not(1, 2)", [3], [1, 2, null]], ["number", "not([1..10])", [0, 11], [1, 10]], ["number", "not(< 5)", [5], [4]],
    ["number", "-", [1, null, "text"], []], ["number", "null", [null], [0]], ["number", "null, 0", [null, 0], [1]],
    ["number", "? > 5", [6], [5, null]], ["number", "? > 5 and ? < 10", [6], [5, 10]], ["number", "odd(?)", [3], [4]], ["number", "? in [1..5]", [1], [6]], ["number", "modulo(?, 7) = 0", [14], [15]],
    ["string", "\"A\"", ["A"], ["a", "B", null, 1]], ["string", "\"A\", \"B\"", ["A", "B"], ["C"]], ["string", "not(\"A\")", ["B"], ["A", null]], ["string", "not(\"A\", \"B\")", ["C"], ["A", "B"]], ["string", "\"\"", [""], ["A"]],
    ["string", "= \"A\"", ["A"], ["B"]], ["string", "!= \"A\"", ["B"], ["A"]], ["string", "< \"B\"", ["A"], ["B"]], ["string", "[\"a\"..\"c\"]", ["a", "bb", "c"], ["d", "A"]],
    ["string", "contains(?, \"fib\")", ["Home fiber"], ["Copper", null]], ["string", "starts with(?, \"A\") or ends with(?, \"Z\")", ["Ab", "xZ"], ["b"]], ["string", "string length(?) > 3", ["four"], ["two"]], ["string", "matches(?, \"^[A-Z]{2}\\d+$\")", ["AB12"], ["A12"]],
    ["boolean", "true", [true], [false, null, "true"]], ["boolean", "false", [false], [true, null]], ["boolean", "not(true)", [false], [true, null]], ["boolean", "true, false", [true, false], [null]], ["boolean", "null", [null], [false]],
    ["date", "date(\"2026-01-31\")", ["2026-01-31"], ["2026-02-01", null, "soon"]], ["date", "@\"2026-01-31\"", ["2026-01-31"], ["2026-01-30"]], ["date", "< date(\"2026-01-31\")", ["2026-01-30"], ["2026-01-31"]],
    ["date", "[date(\"2026-01-01\")..date(\"2026-01-31\")]", ["2026-01-01", "2026-01-31"], ["2025-12-31", "2026-02-01"]], ["date", "(@\"2026-01-01\"..@\"2026-01-31\")", ["2026-01-02"], ["2026-01-01", "2026-01-31"]], ["date", "not(@\"2026-01-01\")", ["2026-01-02"], ["2026-01-01"]],
    ["date", "date and time(\"2026-01-31T10:00:00\")", ["2026-01-31T10:00:00"], ["2026-01-31T10:00:01"]], ["date", "> date and time(\"2026-01-31T10:00:00Z\")", ["2026-01-31T10:00:01Z", "2026-01-31T12:00:00+01:00"], ["2026-01-31T11:00:00+01:00"]],
    ["date", "[@\"2026-01-31T10:00:00Z\"..@\"2026-01-31T12:00:00Z\")", ["2026-01-31T10:00:00Z"], ["2026-01-31T12:00:00Z"]], ["date", "?.year = 2026", ["2026-05-05"], ["2025-05-05"]],
    ["string", "time(\"10:00:00\")", ["10:00:00"], ["10:00:01", null]], ["string", "< time(\"10:00:00\")", ["09:59:59"], ["10:00:00"]], ["string", "[time(\"08:00:00\")..time(\"17:00:00\"))", ["08:00:00", "16:59:59"], ["17:00:00", "07:00:00"]], ["string", "@\"10:00:00Z\"", ["10:00:00Z", "11:00:00+01:00"], ["11:00:00Z"]],
    ["duration", "duration(\"P1D\")", ["P1D", "PT24H"], ["PT23H", null]], ["duration", "< duration(\"PT1H\")", ["PT59M"], ["PT60M"]], ["duration", "[duration(\"P1D\")..duration(\"P3D\")]", ["P1D", "PT72H"], ["P4D"]], ["duration", "@\"-PT1H\"", ["-PT1H"], ["PT1H"]],
    ["duration", "duration(\"P1Y\")", ["P1Y", "P12M"], ["P11M", "P365D"]], ["duration", "> duration(\"P1Y6M\")", ["P19M", "P2Y"], ["P18M"]], ["duration", "not(duration(\"P1Y\"))", ["P2Y"], ["P12M"]],
    ["list", "\"A\"", [["A"], ["B", "A"]], [["B"], [], null]], ["list", "list contains(?, \"A\")", [["A", "B"]], [["B"]]], ["list", "count(?) > 1", [["A", "B"]], [["A"]]], ["list", "not(list contains(?, \"A\"))", [["B"]], [["A", "B"]]], ["list", "every e in ? satisfies e > 1", [[2, 3]], [[1, 2]]],
  ];
  it.each(cases)("%s: %s matches %j and not %j", (type, cell, yes, no) => {
    expect(yes.filter((value) => matches(type, cell, value) !== true)).toEqual([]);
    expect(no.filter((value) => matches(type, cell, value) !== false)).toEqual([]);
  });
});
