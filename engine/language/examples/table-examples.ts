import { broken, copyOf, type CheckExample } from "./check-example.ts";
import { FALLOUT, DECOMPOSITION, STATUS, FAILURES, NETWORK } from "./files.ts";
import type { Draft } from "./minimal-release.ts";

const GENERAL = "decision-table/fees.json";

/** A table of its own beside those of the minimal release. */
const general = (parts: Draft): Draft => ({
  kind: "decision-table", key: "fees", version: 1, title: "Fees", description: "Fees.", purpose: "general", hitPolicy: "FIRST",
  columns: [{ key: "region", in: "order.region", type: "string" }, { out: "fee", type: "number" }], ...parts,
});

/** Decision tables. */
export const tableExamples: readonly CheckExample[] = [
  broken("table-gap", "an accepted action leads to no plan", `${DECOMPOSITION}#/rows`, ["order-schema/demo.json", "/actions/MODIFY", { type: "object" }]),
  broken("table-overlap", "two rows decompose the same item", `${DECOMPOSITION}#/rows/1`, [DECOMPOSITION, "/rows/-", { id: "again", offering: ["DEMO"], planTemplate: "demo-add" }]),
  broken("table-shadowed", "a row stands behind one that takes everything", `${FAILURES}#/rows/1`, [FAILURES, "/rows", [{ id: "any-text", code: "not(\"NEVER\")", class: "UNKNOWN" }, { id: "busy", code: ["BUSY"], class: "TRANSIENT" }]]),
  broken("table-dead-row", "an interval ends before it begins", `${FAILURES}#/rows/1/http`, [FAILURES, "/columns", [{ key: "code", in: "failure.code", type: "string" }, { key: "http", in: "failure.httpStatus", type: "number" }, { out: "class", type: "string" }]], [FAILURES, "/rows/-", { id: "server", http: "[599..500]", class: "UNKNOWN" }]),
  broken("table-otherwise-unused", "rows leave nothing to otherwise", `${GENERAL}#/otherwise`, [GENERAL, "", general({ rows: [{ id: "some", region: "\"north\"", fee: 1 }, { id: "rest", fee: 2 }], otherwise: { fee: 3 } })]),
  broken("cell-syntax", "a cell is half an interval", `${FAILURES}#/rows/0/code`, [FAILURES, "/rows/0/code", "[1.."]),
  broken("cell-not-allowed", "a cell is not among the values", `${DECOMPOSITION}#/rows/0/action`, [DECOMPOSITION, "/rows/0/action", ["ADD", "REMOVE"]]),
  broken("output-not-allowed", "a class does not exist", `${FAILURES}#/rows/0/class`, [FAILURES, "/rows/0/class", "SOMETIMES"]),
  broken("missing-row-id", "a row has no id", `${FAILURES}#/rows/0`, [FAILURES, "/rows/0/id", undefined]),
  broken("duplicate-row-id", "two rows have the same id", `${FAILURES}#/rows/1/id`, [FAILURES, "/rows/-", { id: "busy", class: "UNKNOWN" }]),
  broken("duplicate-column", "two columns have the same name", `${FAILURES}#/columns/2/key`, [FAILURES, "/columns/-", { key: "code", in: "failure.effect", type: "string" }]),
  broken("unknown-column", "a row has a cell too many", `${FAILURES}#/rows/0/http`, [FAILURES, "/rows/0/http", [500]]),
  broken("priority-needs-values", "PRIORITY without an order", `${FAILURES}#/columns`, [FAILURES, "/hitPolicy", "PRIORITY"]),
  broken("aggregate-needs-collect", "FIRST with an aggregate", `${FAILURES}#/aggregate`, [FAILURES, "/aggregate", "COUNT"]),
  broken("aggregate-needs-one-number", "a sum of texts", "decision-table/spare.json#/aggregate", copyOf(FAILURES, "spare", { purpose: "general", hitPolicy: "COLLECT", aggregate: "SUM", columns: [{ key: "region", in: "order.region", type: "string" }, { out: "class", type: "string" }], rows: [] })),
  broken("wrong-table-purpose", "a status table decides failures", `${NETWORK}#/failures`, [NETWORK, "/failures", "demo-status"]),
  broken("wrong-hit-policy", "a failure has many classes", `${FAILURES}#/hitPolicy`, [FAILURES, "/hitPolicy", "RULE_ORDER"]),
  broken("table-output-missing", "fallout has no queue", `${FALLOUT}#/columns`, [FALLOUT, "/columns/3", undefined], [FALLOUT, "/otherwise/queue", undefined]),
  broken("table-without-otherwise", "a status table may have no answer", `${STATUS}#`, [STATUS, "/otherwise", undefined]),
  broken("offering-missing", "a row is for any offering", `${DECOMPOSITION}#/rows/1`, [DECOMPOSITION, "/rows/-", { id: "any", action: ["MODIFY"], planTemplate: "demo-add" }]),
  broken("offering-overlap", "two tables decompose an offering", "decision-table/z-decomposition.json#/rows/0/offering", copyOf(DECOMPOSITION, "z-decomposition", {})),
  broken("offering-overlap", "two order schemas accept an offering", "order-schema/z.json#/offerings/0", copyOf("order-schema/demo.json", "z", {})),
  broken("offering-without-schema", "an offering cannot be ordered", `${DECOMPOSITION}#/rows/0/offering`, [DECOMPOSITION, "/rows/0/offering", ["DEMO", "DEMO_PLUS"]]),
  broken("offering-without-plan", "an offering has no plan", "order-schema/demo.json#/offerings/1", ["order-schema/demo.json", "/offerings/-", "DEMO_PLUS"]),
];
