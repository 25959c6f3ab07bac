import { compensationOf, undoOf } from "../change/assess-task.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Command } from "../order/commands.ts";
import type { Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import { isMessage, isUndo } from "../order/planned-work.ts";
import { laterWork } from "../plan/plan-compensation.ts";
import { required } from "../support/defect.ts";
import type { Problem } from "./exploration.ts";
import { nameOf, tasksOf } from "./step.ts";

/** What an order that was cancelled has left behind that somebody would have to find. */
export function leftBehind(order: Order, release: CompiledRelease): readonly Problem[] {
  const undone = new Set(order.compensations.filter(({ state }) => state === "COMPENSATED").map(({ originalTaskId }) => originalTaskId));
  return tasksOf(order).flatMap(({ planned, task }, position): Problem[] => {
    if (task.effect !== "DONE" || isUndo(planned) || isMessage(planned) || planned.source.by === "amendment" || undone.has(planned.id)) return [];
    const problem = (kind: Problem["kind"], text: string): Problem[] => [{ kind, task: nameOf(planned), text }];
    if (planned.source.by === "billing-trigger") return problem("charge", `"${planned.title}" was billed and is not taken back.`);
    const compensation = compensationOf(release, planned);
    if (compensation.compensatable) {
      const item = required(order.items.find(({ id }) => id === planned.itemId), planned.itemId);
      return undoOf(order, release, planned, task, item) === null ? [] : problem("orphan", `"${planned.title}" took effect and is not undone, though "${compensation.title}" could.`);
    }
    switch (compensation.reason) {
      case "CORRECT_FORWARD":
        return problem("orphan", `"${planned.title}" took effect, and no order will correct it: its compensation policy "${compensation.key}" has no task that undoes it.`);
      case "UNDONE_WITH_PREDECESSOR":
        return isUndoneWithEarlier(order, position, undone) ? [] : problem("orphan", `"${planned.title}" was to be undone with what it builds on, and that was not undone.`);
      default:
        return [];
    }
  });
}

/** True when something the task builds on was undone. */
function isUndoneWithEarlier(order: Order, position: number, undone: ReadonlySet<string>): boolean {
  return tasksOf(order).some(({ planned }, earlier) => undone.has(planned.id) && laterWork(order, earlier).includes(position));
}

/** Steps that may not be sent once a cancellation is asked for, among the commands that were. */
export function sentUnderHold(order: Order, release: CompiledRelease, commands: readonly Command[]): readonly Problem[] {
  const planned = new Map(tasksOf(order).map((each) => [each.planned.id, each.planned]));
  return commands.flatMap((command): Problem[] => {
    const task = command.type === "DispatchTask" ? planned.get(command.taskId) : undefined;
    if (!task || isUndo(task) || isMessage(task) || !isFinal(task, release)) return [];
    return [{ kind: "hold", task: nameOf(task), text: `"${task.title}" cannot be undone and was sent after the cancellation was asked for.` }];
  });
}

function isFinal(planned: PlannedTask, release: CompiledRelease): boolean {
  return planned.pointOfNoReturn === "hard" || release.taskTypes.get(planned.type)?.definition.irreversible === true;
}
