import { broken, type CheckExample } from "./check-example.ts";
import { RESERVE } from "./files.ts";

/** JSON Schemas that definitions carry. */
export const schemaExamples: readonly CheckExample[] = [
  broken("json-schema-invalid", "a type does not exist", `${RESERVE}#/evidence/type`, [RESERVE, "/evidence", { type: "strng" }]),
  broken("keyword-forbidden", "a schema refers to a part of itself", `${RESERVE}#/evidence/properties/a/$ref`, [RESERVE, "/evidence", { type: "object", properties: { a: { $ref: "#/properties/b" }, b: { type: "string" } } }]),
  broken("keyword-forbidden", "a schema has a keyword of its own", `${RESERVE}#/evidence/exec`, [RESERVE, "/evidence", { type: "string", exec: "rm" }]),
  broken("keyword-forbidden", "a schema is asynchronous", `${RESERVE}#/evidence/$async`, [RESERVE, "/evidence", { type: "object", $async: true }]),
  broken("ref-cycle", "a schema refers to itself", `${RESERVE}#/evidence/$ref`, [RESERVE, "/evidence", { $ref: "#" }]),
  broken("ref-cycle", "a schema refers to what it is part of", `${RESERVE}#/evidence/properties/a/items/$ref`, [RESERVE, "/evidence", { type: "object", properties: { a: { type: "array", items: { $ref: "#/properties/a" } } } }]),
  broken("too-many-refs", "a schema refers a thousand times", `${RESERVE}#/evidence`, [RESERVE, "/evidence", { allOf: Array.from({ length: 1_000 }, (_, part) => ({ $ref: `#/properties/p${part}` })) }]),
  broken("keyword-forbidden", "a schema reads its own data", `${RESERVE}#/evidence/properties/a/const`, [RESERVE, "/evidence", { type: "object", properties: { a: { const: { $data: "1/b" } } } }]),
  broken("keyword-forbidden", "a format is not known", `${RESERVE}#/evidence/format`, [RESERVE, "/evidence", { type: "string", format: "uri" }]),
  broken("remote-ref", "a schema refers to a file", `${RESERVE}#/evidence/$ref`, [RESERVE, "/evidence", { $ref: "file:///etc/passwd" }]),
  broken("remote-ref", "a schema refers to another folder", `${RESERVE}#/evidence/$ref`, [RESERVE, "/evidence", { $ref: "../task-type/other.json" }]),
  broken("remote-ref", "a schema refers to the web", `${RESERVE}#/evidence/$ref`, [RESERVE, "/evidence", { $ref: "http://example.org/x.json" }]),
  broken("regex-not-linear", "a form repeats a repetition", "manual-task/repair.json#/form/properties/reason/pattern", ["manual-task/repair.json", "/form/properties/reason", { type: "string", pattern: "(a+)+$" }]),
  broken("regex-not-linear", "alternatives are the same", "manual-task/repair.json#/form/properties/reason/pattern", ["manual-task/repair.json", "/form/properties/reason", { type: "string", pattern: "^(a|a)*$" }]),
  broken("regex-not-linear", "a pattern has 10,000 characters", "manual-task/repair.json#/form/properties/reason/pattern", ["manual-task/repair.json", "/form/properties/reason", { type: "string", pattern: "a".repeat(10_000) }]),
  broken("regex-not-linear", "a pattern looks behind", "manual-task/repair.json#/form/properties/reason/pattern", ["manual-task/repair.json", "/form/properties/reason", { type: "string", pattern: "(?<=a)b" }]),
];
