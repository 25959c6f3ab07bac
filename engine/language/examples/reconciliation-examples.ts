import { broken, comparison, type CheckExample } from "./check-example.ts";
import type { Edit } from "./edit-release.ts";
import type { DraftValue } from "./minimal-release.ts";

const FILE = "reconciliation-rule/unbilled.json";

/** A rule that is right but for the changes. */
function rule(changes: { readonly [property: string]: DraftValue }): Edit {
  const right = {
    kind: "reconciliation-rule", key: "unbilled", version: 1, title: "Unbilled", description: "Active and not billed.", every: "PT1H", grace: "PT4H",
    source: { records: "products" }, counterpart: { records: "tasks" }, match: [{ source: "itemId", counterpart: "itemId" }],
    drifts: [{ id: "missing", drift: ["MISSING"], severity: "P1", queue: "billing", repairs: ["RETRY"] }],
  };
  return [FILE, "", { ...right, ...changes }];
}

const different = { id: "different", drift: ["DIFFERENT"], severity: "P1", queue: "billing", repairs: ["RETRY"] };
const missing = { id: "missing", drift: ["MISSING"], severity: "P1", queue: "billing", repairs: ["RETRY"] };

export const reconciliationExamples: readonly CheckExample[] = [
  broken("unknown-field", "a rule matches by a field that records of this kind do not have", `${FILE}#/match/0/source`, rule({ match: [{ source: "item", counterpart: "itemId" }] })),
  broken("unknown-field", "a condition asks for one", `${FILE}#/source/where/all/0`, rule({ source: { records: "products", where: comparison("source", "state", "equal", "ACTIVE") } })),
  broken("drift-impossible", "nothing is compared and something is different", `${FILE}#/drifts/0/drift`, rule({ drifts: [different] })),
  broken("drift-impossible", "a drift stands behind one that takes all of its kind", `${FILE}#/drifts/1`, rule({ drifts: [missing, { ...missing, id: "again" }] })),
  broken("policy-out-of-range", "a rule never rests", `${FILE}#/every`, rule({ every: "PT0S" })),
  broken("unknown-fact", "a source is chosen by its counterpart", `${FILE}#/source/where/all/0/fact`, rule({ source: { records: "products", where: comparison("counterpart", "state", "equal", "X") } })),
  broken("unknown-reference", "a system does not exist", `${FILE}#/counterpart/system`, rule({ counterpart: { system: "ledger", action: "list-charges" } })),
  broken("duplicate-id", "two drifts have the same name", `${FILE}#/drifts/1/id`, rule({ compare: [{ source: "itemId", counterpart: "itemId" }], drifts: [missing, { ...different, id: "missing" }] })),
];
