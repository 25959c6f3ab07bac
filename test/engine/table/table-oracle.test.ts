import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileUnaryTest } from "../../../engine/feel/unary-test.ts";
import type { Condition } from "../../../engine/language/kinds.ts";
import type { DecisionTable, InputColumn, TableRow } from "../../../engine/language/table-kinds.ts";
import type { Facts } from "../../../engine/rules/facts.ts";
import { evaluateWithRulesEngine } from "../../../engine/rules/rules-engine.ts";
import type { Json } from "../../../engine/support/json.ts";
import { compileWithProblems } from "./make-table.ts";

const INPUTS: readonly InputColumn[] = [
  { key: "text", in: "item.text", type: "string" },
  { key: "number", in: "item.number", type: "number" },
  { key: "list", in: "item.list", type: "list" },
];
const COLUMNS: DecisionTable["columns"] = [...INPUTS, { out: "n", type: "number" }];

const text = fc.constantFrom("a", "b", "c", "d");
const number = fc.integer({ min: 0, max: 5 });
const listed = <T extends Json>(value: fc.Arbitrary<T>): fc.Arbitrary<Json> => fc.array(value, { minLength: 1, maxLength: 2 });
const comparison = fc.tuple(fc.constantFrom("<", "<=", ">", ">="), number).map(([operator, bound]) => `${operator} ${bound}`);
const interval = fc
  .tuple(fc.constantFrom("[", "("), number, number, fc.constantFrom("]", ")"))
  .filter(([, low, high]) => low <= high)
  .map(([open, low, high, close]) => `${open}${low}..${high}${close}`);

function rowsOf(cells: { readonly [key: string]: fc.Arbitrary<Json> }): fc.Arbitrary<TableRow[]> {
  return fc
    .array(fc.record(cells, { requiredKeys: [], noNullPrototype: true }), { maxLength: 30 })
    .map((rows) => rows.map((row, n) => ({ ...row, id: `r${n}`, n })));
}

const scalar = fc.oneof(text, number, fc.constantFrom<Json>(null, true, "1"));
const facts: fc.Arbitrary<Facts> = fc
  .record({ text: fc.oneof(text, text, scalar), number: fc.oneof(number, number, scalar), list: fc.oneof(fc.array(scalar, { maxLength: 3 }), scalar) }, { requiredKeys: [], noNullPrototype: true })
  .map((item) => ({ item }));

describe("a compiled table", () => {
  it("matches the rows whose cells all match, in their order, whatever index it has", () => {
    const rows = rowsOf({
      text: fc.oneof({ weight: 5, arbitrary: listed(text) }, listed(fc.constant(null)), text.map((value) => `not("${value}")`), fc.constant("-"), fc.constant("contains(?, \"a\")")),
      number: fc.oneof({ weight: 4, arbitrary: listed(number) }, comparison, interval, fc.constant("not(> 3)")),
      list: fc.oneof({ weight: 4, arbitrary: listed(scalar) }, fc.constant("list contains(?, \"a\")")),
    });
    fc.assert(
      fc.property(rows, fc.array(facts, { minLength: 1, maxLength: 5 }), (given, all) => {
        const { evaluate, problems } = compileWithProblems({ columns: COLUMNS, rows: given, hitPolicy: "RULE_ORDER" });
        expect(problems).toEqual([]);
        const tests = given.map((row) => INPUTS.map(({ key, type }) => compileUnaryTest(row[key], type, () => undefined, "")));
        for (const some of all) {
          const item = some.item as { readonly [key: string]: Json | undefined };
          const expected = given.filter((_, n) => INPUTS.every(({ key }, column) => tests[n]?.[column]?.(item[key])));
          expect(evaluate(some).rows).toEqual(expected.map((row) => row.id));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("answers as json-rules-engine does, where its cells can be said as conditions", async () => {
    const rows = rowsOf({ text: listed(text), number: fc.oneof(listed(number), comparison, interval) });
    await fc.assert(
      fc.asyncProperty(rows, facts, async (given, some) => {
        const { evaluate } = compileWithProblems({ columns: COLUMNS, rows: given });
        let expected: string | undefined;
        for (const row of given) {
          if (!(await evaluateWithRulesEngine(conditionOf(row), some)).holds) continue;
          expected = row.id;
          break;
        }
        expect(evaluate(some).rows).toEqual(expected === undefined ? [] : [expected]);
      }),
      { numRuns: 150 },
    );
  });
});

const OPERATORS: { readonly [sign: string]: string } = {
  "<": "lessThan", "<=": "lessThanInclusive", ">": "greaterThan", ">=": "greaterThanInclusive",
};

function conditionOf(row: TableRow): Condition {
  const leaf = (path: string, operator: string, value: Json): Condition => ({ fact: "item", path, operator, value });
  const all = INPUTS.flatMap(({ key }): Condition[] => {
    const cell = row[key];
    if (cell === undefined) return [];
    if (typeof cell !== "string") return [leaf(key, "in", cell)];
    const [, sign, bound] = /^([<>]=?) (\d+)$/.exec(cell) ?? [];
    if (sign !== undefined) return [leaf(key, OPERATORS[sign] as string, Number(bound))];
    const [, open, low, high, close] = /^([[(])(\d+)\.\.(\d+)([\])])$/.exec(cell) ?? [];
    return [
      leaf(key, open === "[" ? "greaterThanInclusive" : "greaterThan", Number(low)),
      leaf(key, close === "]" ? "lessThanInclusive" : "lessThan", Number(high)),
    ];
  });
  return { all };
}
