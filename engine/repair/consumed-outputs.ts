import { askEdge, compiledEdge } from "../interpret/dependencies.ts";
import type { CompiledEdge, CompiledRelease } from "../language/compiled-release.ts";
import { leavesOf } from "../language/checks/condition-leaves.ts";
import type { Condition } from "../language/kinds.ts";
import { substituteParameters } from "../language/substitute-parameters.ts";
import { graphIndex } from "../order/graph-index.ts";
import { outcomeOf } from "../order/machines.ts";
import type { Order } from "../order/order.ts";
import { required } from "../support/defect.ts";
import type { Json, JsonObject } from "../support/json.ts";

/** An output somebody waits for. */
export interface ConsumedOutput {
  readonly output: string;
  /** Title of the task that needs it. */
  readonly by: string;
}

/**
 * Outputs of a task that open work takes from it and that `after`, the order in which the task has ended, does not give:
 * what doing without the task would leave to a person behind it.
 */
export function missingOutputs(after: Order, release: CompiledRelease, position: number, at: string): readonly ConsumedOutput[] {
  const plan = required(after.plan, `The plan of ${after.id}`);
  const { outputs } = required(after.tasks[position], `Task ${position}`);
  const index = graphIndex(plan.graph);
  const missing: ConsumedOutput[] = [];
  const look = (waiter: { readonly task: number; readonly edge: number }, fact: "predecessor" | "milestone") => {
    const planned = required(plan.graph.tasks[waiter.task], `Planned task ${waiter.task}`);
    const task = required(after.tasks[waiter.task], planned.id);
    if (outcomeOf(task.state) !== "OPEN" || !task.unmetEdges.includes(waiter.edge)) return;
    const edge = compiledEdge(release, planned, required(planned.edges[waiter.edge], `Edge ${waiter.edge}`));
    if (!edge) return;
    const satisfied = fact === "predecessor" && askEdge(after, release, waiter.task, waiter.edge, at).status === "satisfied";
    const names = new Set([...(satisfied ? [] : conditionOutputs(edge, fact)), ...providedOutputs(edge, fact)]);
    for (const output of names) if (isAbsent(outputs, output)) missing.push({ output, by: planned.title });
  };
  for (const waiter of index.waitersOfTask[position] ?? []) look(waiter, "predecessor");
  for (const milestone of index.milestonesOfTask[position] ?? []) {
    for (const waiter of index.waitersOfMilestone[milestone] ?? []) look(waiter, "milestone");
  }
  return missing;
}

/** Outputs a dependency asks about before it is satisfied. */
function conditionOutputs({ definition, type }: CompiledEdge, fact: string): readonly string[] {
  const rule = substituted(type.satisfiedWhen, definition.with ?? {});
  return leavesOf(rule as unknown as Condition, "").flatMap((leaf) => (leaf.fact === fact && leaf.segments[0] === "outputs" ? leaf.segments.slice(1, 2) : []));
}

/** Outputs a dependency hands on as an input. */
function providedOutputs({ definition, type }: CompiledEdge, fact: string): readonly string[] {
  const text = substituted(type.provides ?? "", definition.with ?? {});
  const path = new RegExp(`\\b${fact}\\.outputs\\.([A-Za-z_][A-Za-z0-9_]*)`, "g");
  return typeof text === "string" ? [...text.matchAll(path)].map(([, name = ""]) => name) : [];
}

function substituted(rule: Json, parameters: JsonObject): Json {
  // What is wrong with parameters was reported when the release was compiled.
  return substituteParameters(rule, parameters, { feelAllowed: true, complain: () => undefined });
}

function isAbsent(outputs: JsonObject, name: string): boolean {
  return !Object.hasOwn(outputs, name) || outputs[name] === null || outputs[name] === undefined;
}
