import { broken, copyOf, type CheckExample } from "./check-example.ts";
import { TEMPLATE, DECOMPOSITION, STATUS, STANDARD } from "./files.ts";

/** Names that lead nowhere, and definitions nobody names. */
export const referenceExamples: readonly CheckExample[] = [
  broken("unknown-reference", "a task has an unknown type", `${TEMPLATE}#/tasks/0/type`, [TEMPLATE, "/tasks/0/type", "reserv"]),
  broken("unknown-reference", "a table chooses an unknown template", `${DECOMPOSITION}#/rows/0/planTemplate`, [DECOMPOSITION, "/rows/-", { id: "x", offering: ["DEMO"], action: ["MODIFY"], planTemplate: "nothing" }], [DECOMPOSITION, "/rows", [{ id: "x", offering: ["DEMO"], action: ["MODIFY"], planTemplate: "nothing" }, { id: "add", offering: ["DEMO"], action: ["ADD"], planTemplate: "demo-add" }]]),
  broken("unknown-task", "a dependency names an unknown task", `${TEMPLATE}#/tasks/2/dependsOn/1/task`, [TEMPLATE, "/tasks/2/dependsOn/1/task", "aprove"]),
  broken("unknown-milestone", "a dependency names an unknown milestone", `${TEMPLATE}#/tasks/3/dependsOn/0/milestone`, [TEMPLATE, "/tasks/3/dependsOn/0/milestone", "activated"]),
  broken("unknown-milestone", "a completion looks at an unknown milestone", `${TEMPLATE}#/completeWhen/all/0/path`, [TEMPLATE, "/completeWhen/all/0/path", "activated.outcome"]),
  broken("unknown-milestone", "a status table looks at an unknown milestone", `${STATUS}#/columns/0/in`, [STATUS, "/columns/0/in", "milestones.activated.outcome"]),
  broken("unknown-status", "a status table answers something else", `${STATUS}#/otherwise/status`, [STATUS, "/otherwise/status", "PENDING_SOMEHOW"]),
  broken("edge-mismatch", "a milestone dependency names a task", `${TEMPLATE}#/tasks/3/dependsOn/0`, [TEMPLATE, "/tasks/3/dependsOn/0", { type: "milestone", task: "activate" }]),
  broken("unused-definition", "nothing uses a retry policy", "retry-policy/spare.json#", copyOf(STANDARD, "spare", {})),
];
