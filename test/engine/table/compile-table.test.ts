import { describe, expect, it } from "vitest";
import type { DecisionTable, TableRow } from "../../../engine/language/table-kinds.ts";
import type { FactName } from "../../../engine/rules/facts.ts";
import type { Json } from "../../../engine/support/json.ts";
import { compileWithProblems } from "./make-table.ts";

const COLUMNS: DecisionTable["columns"] = [
  { key: "action", in: "item.action", type: "string", values: ["ADD", "MODIFY"] },
  { key: "speed", in: "item.characteristics.speed", type: "number" },
  { out: "plan", type: "string", values: ["p1", "p2"] },
  { out: "sla", type: "duration" },
];
const ROW: TableRow = { id: "r", action: ["ADD"], plan: "p1", sla: "PT4H" };

describe("compileTable reads inputs", () => {
  it("by a fact path that may have hyphens, and by FEEL", () => {
    const { evaluate, problems } = compileWithProblems({
      columns: [
        { key: "sent", in: "milestones.goods-dispatched.outcome", type: "string" },
        { key: "mine", in: "=list contains(actor.regions, order.region)", type: "boolean" },
        { out: "r", type: "string" },
      ],
      rows: [{ id: "a", sent: ["REACHED"], mine: [true], r: "yes" }],
    });
    expect(problems).toEqual([]);
    const facts = { milestones: { "goods-dispatched": { outcome: "REACHED" } }, actor: { regions: ["north"] }, order: { region: "north" } };
    expect(evaluate(facts)).toMatchObject({ hit: "one", rows: ["a"] });
    expect(evaluate({ ...facts, order: { region: "south" } })).toMatchObject({ hit: "none" });
    expect(evaluate({})).toMatchObject({ hit: "none" });
  });

  it("matches a list fact when any of its elements matches", () => {
    const { evaluate } = compileWithProblems({
      columns: [{ key: "roles", in: "actor.roles", type: "list" }, { out: "r", type: "number" }],
      rows: Array.from({ length: 20 }, (_, n) => ({ id: `r${n}`, roles: [`role-${n}`, `other-${n}`], r: n })),
      hitPolicy: "RULE_ORDER",
    });
    expect(evaluate({ actor: { roles: ["role-9", "none", "role-3", "other-3"] } })).toMatchObject({ rows: ["r3", "r9"] });
    expect(evaluate({ actor: { roles: [] } })).toMatchObject({ hit: "none" });
  });

  it("of an absent fact only - and null match", () => {
    const rows = [{ id: "add", action: ["ADD"] }, { id: "none", action: [null] }, { id: "any" }];
    const { evaluate } = compileWithProblems({ columns: COLUMNS, rows, hitPolicy: "RULE_ORDER" });
    expect(evaluate({})).toMatchObject({ rows: ["none", "any"] });
    expect(evaluate({ item: { action: null } })).toMatchObject({ rows: ["none", "any"] });
    expect(evaluate({ item: { action: "ADD" } })).toMatchObject({ rows: ["add", "any"] });
  });
});

describe("compileTable gives outputs", () => {
  it("every output column is there, null where the row or otherwise says nothing", () => {
    const { evaluate } = compileWithProblems({ columns: COLUMNS, rows: [{ id: "r", action: ["ADD"], plan: "p1" }], otherwise: { sla: "P1D" } });
    expect(evaluate({ item: { action: "ADD" } })).toMatchObject({ outputs: { plan: "p1", sla: null } });
    expect(evaluate({})).toMatchObject({ outputs: { plan: null, sla: "P1D" }, otherwise: true });
  });

  it("from FEEL, with the facts of the evaluation", () => {
    const { evaluate, problems } = compileWithProblems({
      columns: [{ key: "a", in: "item.a", type: "number" }, { out: "fee", type: "number" }],
      rows: [{ id: "r", fee: "=round half up(0.1 * sum(item.charges.amount), 2)" }],
    });
    expect(problems).toEqual([]);
    expect(evaluate({ item: { charges: [{ amount: 10 }, { amount: 0.55 }] } })).toMatchObject({ outputs: { fee: 1.06 } });
  });
});

describe("compileTable reports", () => {
  const cases: readonly (readonly [string, Partial<DecisionTable>, string])[] = [
    ["a row key that is no column", { rows: [{ ...ROW, color: "red" }] }, "unknown-column /rows/0/color"],
    ["an otherwise key that is no output", { otherwise: { action: "ADD" } }, "unknown-column /otherwise/action"],
    ["a row without an id", { rows: [{ plan: "p1" } as unknown as TableRow] }, "missing-row-id /rows/0"],
    ["two rows with one id", { rows: [ROW, ROW] }, "duplicate-row-id /rows/1/id"],
    ["an output outside its values", { rows: [{ ...ROW, plan: "p3" }] }, "output-not-allowed /rows/0/plan"],
    ["an output of another type", { rows: [{ ...ROW, plan: 1 }] }, "type-mismatch /rows/0/plan"],
    ["a duration output that is none", { rows: [{ ...ROW, sla: "4 hours" }] }, "type-mismatch /rows/0/sla"],
    ["a wrong otherwise", { otherwise: { sla: 4 } }, "type-mismatch /otherwise/sla"],
    ["an input literal of another type", { rows: [{ ...ROW, speed: ["1G"] }] }, "type-mismatch /rows/0/speed"],
    ["a cell that is no unary test", { rows: [{ ...ROW, action: "ADD" }] }, "cell-syntax /rows/0/action"],
    ["an input literal outside its values", { rows: [{ ...ROW, action: ["AMEND"] }] }, "cell-not-allowed /rows/0/action"],
    ["an output expression that does not parse", { rows: [{ ...ROW, plan: "=1 +" }] }, "expression-syntax /rows/0/plan"],
    ["an aggregate of two outputs", { hitPolicy: "COLLECT", aggregate: "SUM" }, "aggregate-needs-one-number /aggregate"],
    ["an aggregate of texts", { hitPolicy: "COLLECT", aggregate: "MAX", columns: COLUMNS.slice(0, 3), rows: [{ id: "r" }] }, "aggregate-needs-one-number /aggregate"],
    ["an aggregate without COLLECT", { aggregate: "COUNT", columns: COLUMNS.slice(0, 3), rows: [{ id: "r" }] }, "aggregate-needs-collect /aggregate"],
    ["PRIORITY without values", { hitPolicy: "PRIORITY", columns: [COLUMNS[3] as DecisionTable["columns"][number]], rows: [{ id: "r" }] }, "priority-needs-values /columns"],
    ["a fact that does not exist here", { columns: [...COLUMNS, { key: "x", in: "plan.state", type: "string" }] }, "unknown-fact /columns/4/in"],
    ["a path into the prototype", { columns: [...COLUMNS, { key: "x", in: "item.__proto__", type: "string" }] }, "path-forbidden /columns/4/in"],
    ["FEEL with an unknown fact", { columns: [...COLUMNS, { key: "x", in: "=plan.state", type: "string" }] }, "unknown-fact /columns/4/in"],
    ["two columns of one name", { columns: [...COLUMNS, { key: "plan", in: "item.plan", type: "string" }], rows: [{ id: "r" }] }, "duplicate-column /columns/4/key"],
    ["a column called id", { columns: [...COLUMNS, { out: "id", type: "string" }], rows: [] }, "duplicate-column /columns/4/out"],
  ];
  it.each(cases)("%s", (_, parts, problem) => {
    const allowed = new Set<FactName>(["order", "item"]);
    expect(compileWithProblems({ columns: COLUMNS, rows: [ROW], ...parts }, allowed).problems).toEqual([problem]);
  });

  it("and a row with a wrong cell never matches", () => {
    const { evaluate } = compileWithProblems({ columns: COLUMNS, rows: [{ ...ROW, action: "ADD" }] });
    expect(evaluate({ item: { action: "ADD" } })).toEqual({ hit: "none", rows: [] });
  });
});

describe("a large table", () => {
  const rows = Array.from({ length: 1_000 }, (_, n): TableRow => ({
    id: `r${n}`, action: [["ADD", "MODIFY"][n % 2] as Json], speed: n % 50 === 0 ? `> ${n}` : [n >> 1], plan: "p1",
  }));

  it("finds the same rows as without its index", () => {
    const { evaluate } = compileWithProblems({ columns: COLUMNS, rows, hitPolicy: "RULE_ORDER" });
    for (const speed of [0, 7, 24, 51, 499, 1_000]) {
      const expected = rows.filter((_, n) => n % 2 === 0 && (n % 50 === 0 ? speed > n : speed === n >> 1)).map((row) => row.id);
      const result = evaluate({ item: { action: "ADD", characteristics: { speed } } });
      expect(result.hit === "list" ? result.rows : []).toEqual(expected);
    }
  });
});
