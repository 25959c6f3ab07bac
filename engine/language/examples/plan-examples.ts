import { broken, type CheckExample } from "./check-example.ts";
import type { Edit } from "./edit-release.ts";
import { TEMPLATE } from "./files.ts";

/** So many tasks, each waiting for the one before, the first one for the last; nothing else waits for any of them. */
function ring(size: number): Edit[] {
  return Array.from({ length: size }, (_, place): Edit => [TEMPLATE, "/tasks/-", { key: `ring-${place}`, type: "ship", pointOfNoReturn: "soft", dependsOn: [{ type: "success", task: `ring-${(place + size - 1) % size}` }] }]);
}

/** The graph of a plan. */
export const planExamples: readonly CheckExample[] = [
  broken("graph-cycle", "a task waits for itself", `${TEMPLATE}#/tasks/0/dependsOn/0`, [TEMPLATE, "/tasks/0/dependsOn", [{ type: "success", task: "reserve" }]]),
  broken("graph-cycle", "two tasks wait for each other", `${TEMPLATE}#/tasks/2/dependsOn/0`, [TEMPLATE, "/tasks/0/dependsOn", [{ type: "success", task: "activate" }]]),
  broken("graph-cycle", "a task waits for the milestone it leads to", `${TEMPLATE}#/milestones/0/reachedBy/0`, [TEMPLATE, "/tasks/2/dependsOn/-", { type: "milestone", milestone: "service-activated" }]),
  broken("graph-cycle", "billing waits for completion and completion for billing", `${TEMPLATE}#/billingTriggers/0`, ["billing-trigger/demo-start.json", "/milestone", "item-completed"]),
  broken("graph-cycle", "fifty tasks wait in a ring", `${TEMPLATE}#/tasks/5/dependsOn/0`, ...ring(50)),
  broken("unreachable", "a decision is awaited that nobody can make", `${TEMPLATE}#/tasks/2/dependsOn/1`, [TEMPLATE, "/tasks/2/dependsOn/1/with/accept", ["GRANTED"]]),
  broken("orphan-task", "an optional task is connected to nothing", `${TEMPLATE}#/tasks/3`, [TEMPLATE, "/tasks/3/dependsOn", undefined], [TEMPLATE, "/tasks/3/pointOfNoReturn", "soft"]),
  broken("consumed-output-missing", "an output does not exist", `${TEMPLATE}#/tasks/2/dependsOn/0`, [TEMPLATE, "/tasks/2/dependsOn/0", { type: "output", task: "reserve", with: { output: "id" }, as: "reservationId" }]),
  broken("input-missing", "a required input comes from nowhere", `${TEMPLATE}#/tasks/2`, [TEMPLATE, "/tasks/2/dependsOn/0/as", "id"]),
  broken("input-missing", "an undo task needs what its original does not give", "task-type/reserve.json#/outputs", ["task-type/release.json", "/inputs/required/-", "place"]),
  broken("parameter-mismatch", "a task lacks a parameter", `${TEMPLATE}#/tasks/0/with`, [TEMPLATE, "/tasks/0/with", {}]),
  broken("parameter-mismatch", "a dependency's parameter has the wrong type", `${TEMPLATE}#/tasks/2/dependsOn/1/with/accept/1`, [TEMPLATE, "/tasks/2/dependsOn/1/with/accept/-", 5]),
  broken("unknown-parameter", "a dependency type uses what it does not declare", "dependency-type/output.json#/provides", ["dependency-type/output.json", "/provides", "=predecessor.outputs.{name}"]),
];
