import * as fc from "fast-check";
import type { ColumnType, DecisionTable, HitPolicy } from "../../../engine/language/table-kinds.ts";
import { normalizeTexts } from "../../../engine/language/normalize-texts.ts";
import type { Json } from "../../../engine/support/json.ts";

const TYPES: readonly ColumnType[] = ["string", "number", "boolean", "date", "duration", "list"];
const POLICIES: readonly HitPolicy[] = ["UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE_ORDER", "OUTPUT_ORDER"];
const AGGREGATES = ["SUM", "MIN", "MAX", "COUNT"] as const;

/** Texts that spreadsheets, CSV, XML and FEEL each like to take for something else. */
const TRAPS = [
  "", " ", "-", "--", "null", "true", "FALSE", "0012", "1.5E3", "12", "1,5", "1-2", "3/4", "=1+1", "=HYPERLINK(\"x\")", "+49 30 123", "-abc", "@SUM(A1)", "\tx", "\rx", "x\ry", "a\r\nb", "'", "''", "'=x", "''-",
  "a, b", "a;b", "say \"hi\"", "\"quoted\"", "not(x)", "> 10", "[1..2]", "..", "?", "otherwise", "(otherwise)", "id", "input", "_x000D_", "_x005F_", "<a>&amp;", "]]>", " outer ", "line\nbreak", "ﬁ", "ｆｕｌｌ", "München", "日本", "😀", "e\u0301",
  "😀\u0300", "\u0001", "\u0085", "\uFFFE", "\uD800", "\u2028", "#N/A", "TRUE", "2026-11-02", "P1D", "x".repeat(40_000), `=${"y".repeat(33_000)}`, "__proto__",
] as const;

const text = fc.oneof(fc.constantFrom(...TRAPS), fc.string({ maxLength: 12 }), fc.string({ unit: "binary", maxLength: 8 }), fc.constantFrom("ADD", "MODIFY", "Home Fiber", "high"));
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)), fc.constantFrom(0.1 + 0.2, 1.1, 1e21, 5e-324, 2 ** 53 - 1, 2 ** 53 + 2));
const date = fc.constantFrom("2026-11-02", "2024-02-29", "2026-11-02T09:30:00Z", "2026-11-02T09:30:00+01:00", "31.12.2026");
const duration = fc.constantFrom("P3D", "PT1H", "-P1D", "P1Y2M", "P1M");

function literal(type: ColumnType): fc.Arbitrary<Json> {
  const own: { readonly [type in ColumnType]: fc.Arbitrary<Json> } = {
    string: text, number, boolean: fc.boolean(), date, duration, list: fc.oneof(text, number, fc.boolean()),
  };
  return fc.oneof({ weight: 8, arbitrary: own[type] }, { weight: 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.oneof(text, number, fc.boolean()) });
}

const FEEL: readonly string[] = [
  "-", ">= 10", "<5", "[1..10]", "]1..3]", "not(\"X\")", "\"ADD\",\"MODIFY\"", "\"A\"", "-5", "-5..3", "= 5", "!= \"x\"", "date(\"2026-01-01\")", "> duration(\"P1D\")", "? > 1 and ? < 9", "not(> 3)", "1, 2", "1,2", " > 10 ", "null", "true", "",
];

/** An input cell: literals, FEEL, and what only a file written by hand would hold. */
function inputCell(type: ColumnType): fc.Arbitrary<Json> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.array(literal(type), { minLength: 1, maxLength: 3 }) }, { weight: 4, arbitrary: fc.constantFrom(...FEEL) },
    { weight: 1, arbitrary: text }, { weight: 1, arbitrary: fc.oneof(number, fc.boolean(), fc.constant(null)) }, { weight: 1, arbitrary: fc.constantFrom<Json>([], [[1]], { a: 1 }) },
  );
}

function outputCell(type: ColumnType): fc.Arbitrary<Json> {
  return fc.oneof(
    { weight: 6, arbitrary: type === "list" ? fc.array(literal("list"), { maxLength: 3 }) : literal(type) },
    { weight: 2, arbitrary: fc.constantFrom("=item.fee * 2", "= round(order.total, 2)", "=\"a, b\"") }, { weight: 1, arbitrary: fc.constantFrom<Json>({ z: 1, a: [2] }, [{ x: "=y" }], []) },
  );
}

const column = fc.record({ type: fc.constantFrom(...TYPES), output: fc.boolean(), unit: fc.option(fc.constantFrom("EUR", "kg", "(x)"), { nil: undefined }), listed: fc.boolean() });

const anyTable: fc.Arbitrary<DecisionTable> = fc.tuple(fc.array(column, { minLength: 1, maxLength: 5 }), fc.constantFrom(...POLICIES), fc.boolean(), fc.boolean()).chain(([drawn, hitPolicy, aggregated, hasOtherwise]) => {
  const some = drawn.some(({ output }) => output) ? drawn : [...drawn.slice(1), { ...drawn[0], type: drawn[0]?.type ?? "string", output: true, unit: undefined, listed: false }];
  const made = some.map(({ type, output, unit, listed }, index) =>
    fc.array(literal(type), { minLength: 1, maxLength: 4 }).map((values) => ({
      ...(output ? { out: `out${index}` } : { key: `in${index}`, in: `item.characteristics.in${index}` }), type, ...(listed ? { values } : {}), ...(unit === undefined ? {} : { unit }),
    })));
  const cells = (output: boolean): { readonly [name: string]: fc.Arbitrary<Json> } =>
    Object.fromEntries(some.flatMap(({ type, output: isOutput }, index) => (isOutput ? [[`out${index}`, outputCell(type)]] : output ? [] : [[`in${index}`, inputCell(type)]]) as [string, fc.Arbitrary<Json>][]));
  const row = (output: boolean): fc.Arbitrary<{ readonly [name: string]: Json }> => fc.record(cells(output), { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<{ readonly [name: string]: Json }>;
  return fc.record({
    columns: fc.tuple(...made), rows: fc.array(row(false), { maxLength: 12 }), otherwise: row(true), title: fc.constantFrom("A table", "=evil()", " spaced ", "Über \"x\""), description: text.map((words) => words || "x"),
    ids: fc.uniqueArray(fc.constantFrom("otherwise", "a", "b-2", "row", "1", "2", "add", "home-fiber", "x9", "id", "c", "d", "e", "f"), { minLength: 12, maxLength: 12 }),
  }).map(({ columns, rows, otherwise, title, description, ids }): DecisionTable => ({
    kind: "decision-table", key: "random-table", version: 3, title, description, purpose: "general", hitPolicy,
    ...(aggregated ? { aggregate: AGGREGATES[rows.length % AGGREGATES.length] as "SUM" } : {}),
    columns: columns as unknown as DecisionTable["columns"], rows: rows.map((cells, index) => ({ id: ids[index] ?? "", ...cells })), ...(hasOtherwise ? { otherwise } : {}),
  }));
});

const HIDDEN = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;

/**
 * Decision tables with every type, hit policy and trap, as the language reads them: normalized, without characters that
 * hide. They have the right shape; not all of them compile.
 */
export const randomTable: fc.Arbitrary<DecisionTable> = anyTable
  .map((table) => normalizeTexts(JSON.parse(JSON.stringify(table).replaceAll(HIDDEN, "")) as Json) as unknown as DecisionTable);
