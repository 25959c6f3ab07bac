import { broken, copyOf, type CheckExample } from "./check-example.ts";
import { FALLOUT, DECOMPOSITION, STATUS, FAILURES, NETWORK } from "./files.ts";

/** Decision tables. */
export const tableExamples: readonly CheckExample[] = [
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
