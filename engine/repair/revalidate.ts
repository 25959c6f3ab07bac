import type { Decision } from "../interpret/decision.ts";
import type { Rejection } from "../interpret/interpretation.ts";
import { lookAgain } from "../interpret/wake-waiters.ts";
import { outcomeOf } from "../order/machines.ts";
import { rankGraph } from "../plan/rank-graph.ts";
import { missingOutputs } from "./consumed-outputs.ts";
import type { RepairScope } from "./repair-scope.ts";

/**
 * What is checked again once a repair has been applied, before anything follows from it:
 * - `DEPENDENCIES`: the waiting work of its item is asked again;
 * - `EVIDENCE`: what is done now is proven by what its type asks for;
 * - `OUTPUTS`: no open work needs a value of what was done without;
 * - `PLAN`: there is a plan, and no work of it waits for itself.
 */
export type Revalidation = "DEPENDENCIES" | "EVIDENCE" | "OUTPUTS" | "PLAN";

/** Checks the state after a repair; a refusal takes the whole repair back. `before` is the scope it was applied to. */
export function revalidate(decision: Decision, before: RepairScope, kinds: readonly Revalidation[]): Rejection | null {
  for (const kind of kinds) {
    const refusal = CHECKS[kind](decision, before);
    if (refusal) return refusal;
  }
  return null;
}

const CHECKS: { readonly [kind in Revalidation]: (decision: Decision, before: RepairScope) => Rejection | null } = {
  DEPENDENCIES(decision, { item }) {
    if (item) lookAgain(decision, (decision.index.tasksOfItem.get(item.id) ?? []).filter((position) => decision.task(position).state === "PENDING"));
    return null;
  },

  EVIDENCE(decision, { on }) {
    const task = on && decision.task(on.position);
    if (task?.state !== "SUCCEEDED") return null;
    const [violation] = decision.type(on?.position ?? -1).evidence(task.evidence);
    if (!violation) return null;
    return { code: "evidence-invalid", message: `The evidence does not prove the work: ${violation.path} ${violation.message}`, details: [{ path: violation.path, message: violation.message }] };
  },

  OUTPUTS(decision, { order, on, item }) {
    for (const position of decision.index.tasksOfItem.get(item?.id ?? "") ?? []) {
      const ended = outcomeOf(order.tasks[position]?.state ?? "SUCCEEDED") === "OPEN" && outcomeOf(decision.task(position).state) !== "OPEN";
      if (!ended) continue;
      const [first, ...others] = missingOutputs(decision.order, decision.release, position, decision.at);
      if (!first) continue;
      const { key, title } = decision.planned(position);
      const place = on ? "/values/outputs" : `/values/outputs/${key}`;
      return {
        code: "outputs-required",
        message: `"${first.by}" needs ${first.output} of "${title}": waive it with a value for it in values.outputs.`,
        details: [first, ...others].map(({ output, by }) => ({ path: `${place}/${output}`, message: `"${by}" needs this value.` })),
      };
    }
    return null;
  },

  PLAN({ order }) {
    if (order.plan === null) return { code: "invalid-transition", message: `No plan can be made for order ${order.id} yet: ${order.cases.findLast(({ state }) => state === "OPEN")?.reason ?? "its cases say why"}` };
    const ranked = rankGraph(order.plan.graph.tasks, order.plan.graph.milestones, order.items);
    return "cycle" in ranked ? { code: "invalid-transition", message: `The plan would wait for itself: ${ranked.cycle.join(" -> ")}.` } : null;
  },
};
