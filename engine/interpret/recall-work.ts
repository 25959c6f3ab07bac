import { taskIdOf } from "../plan/item-plan.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { Decision } from "./decision.ts";
import { extendPlan, nextPlanId } from "./request-compensations.ts";

/**
 * Calls back commands that are still under way, where their task type knows how (A13: WITHDRAW). The original stays what it
 * is until the other side confirms; if the call comes too late, its result decides.
 */
export function recallWork(decision: Decision, positions: readonly number[]): void {
  const { tasks } = decision.plan.graph;
  const recalled = new Set(tasks.flatMap(({ source }) => (source.by === "withdrawal" ? [source.of] : [])));
  const open = positions.map((position) => decision.planned(position)).filter(({ id, type }) => !recalled.has(id) && decision.release.taskTypes.get(type)?.withdraw !== undefined);
  if (open.length === 0) return;
  const planId = nextPlanId(decision);
  extendPlan(decision, planId, open.map((original) => withdrawal(original, planId)));
}

function withdrawal(original: PlannedTask, planId: string): PlannedTask {
  return {
    ...original,
    id: taskIdOf(planId, original.itemId, `withdraw.${original.key}`),
    key: `withdraw.${original.key}`,
    title: `Call back: ${original.title}`,
    // The original's own outcome counts; a call that comes too late fails nothing.
    mandatory: false,
    edges: [],
    omittedEdges: [],
    source: { by: "withdrawal", template: original.source.template, of: original.id },
    pointOfNoReturn: "none",
  };
}
