import { LIMITS } from "../limits.ts";
import { definition } from "./definition.ts";
import { choice, elements, list, record, text, value } from "./parts.ts";

const column = record(
  "Column",
  "An input column has `key` and `in`; an output column has `out`.",
  {
    key: text("Key", "Name of the input column; rows use it.", ["offering"], { pattern: "^[A-Za-z][A-Za-z0-9]*$" }),
    in: text("In", "The fact it looks at, as a dotted path, or FEEL.", ["item.offering"]),
    out: text("Out", "Name of the output; rows use it.", ["planTemplate"], { pattern: "^[A-Za-z][A-Za-z0-9]*$" }),
    type: choice("Type", "What its cells hold.", ["string", "number", "boolean", "date", "duration", "list"]),
    values: list("Values", "All values it may have; for an output also their priority, highest first.", value("Value", "One value.", ["ADD"]), [["ADD", "MODIFY"]], { minItems: 1 }),
    unit: text("Unit", "What a number counts.", ["kg"]),
  },
  ["type"], [{ key: "offering", in: "item.offering", type: "string" }],
  { oneOf: [{ required: ["key", "in"] }, { required: ["out"] }] },
);

/** Decision table: rows of conditions and answers, edited in a grid or a spreadsheet (A9, A11, A18). */
export const decisionTableSchema = definition(
  "decision-table",
  { title: "Decision table", description: "Rows of conditions and answers, edited in a grid or a spreadsheet.", example: "home-fiber-decomposition" },
  {
    purpose: choice("Purpose", "What it decides; that fixes the facts it may use and the outputs it must have.", ["decomposition", "failure", "fallout", "authority", "customer-status", "change", "change-task", "general"]),
    hitPolicy: choice("Hit policy", "What happens when several rows match.", ["UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE_ORDER", "OUTPUT_ORDER"]),
    aggregate: choice("Aggregate", "How COLLECT joins the matches.", ["SUM", "MIN", "MAX", "COUNT"]),
    columns: list("Columns", "Inputs first, then outputs.", column, [[{ key: "offering", in: "item.offering", type: "string" }, { out: "planTemplate", type: "string" }]], { minItems: 1, ...elements("column", ["key", "out"], { order: "columns" }) }),
    rows: list(
      "Rows", "Each row: its id, then its cells. An input cell left out matches anything.",
      {
        type: "object", title: "Row", description: "One rule: cells by column.", examples: [{ id: "add", offering: ["HOME_FIBER_1G"], planTemplate: "home-fiber-add" }],
        properties: { id: text("Id", "Word that names the row, unique in its table and never used again.", ["add"], { pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", "x-code": { required: "missing-row-id" } }) },
        additionalProperties: { "x-editor": "cell" }, required: ["id"],
      },
      [[{ id: "add", offering: ["HOME_FIBER_1G"], planTemplate: "home-fiber-add" }]],
      { maxItems: LIMITS.rowsPerTable, "x-code": { maxItems: "too-large" }, ...elements("row", ["id"], { order: "rows" }) },
    ),
    otherwise: {
      type: "object", title: "Otherwise", description: "The outputs when no row matches.", examples: [{ planTemplate: null }],
      additionalProperties: { "x-editor": "value" },
    },
  },
  ["purpose", "hitPolicy", "columns", "rows"],
);
