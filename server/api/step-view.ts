import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Instant } from "../../engine/language/kinds.ts";
import type { TaskState } from "../../engine/order/machines.ts";
import type { Failure, Order } from "../../engine/order/order.ts";
import type { PlannedTask } from "../../engine/order/plan.ts";
import type { ManualWork, Task, TaskTimers } from "../../engine/order/task.ts";

/** One task as people see it. `id` is short: it is the part of the address that names the task. */
export interface StepView {
  /** `<itemId>/<taskKey>` */
  readonly id: string;
  readonly taskId: string;
  readonly itemId: string;
  readonly key: string;
  readonly title: string;
  readonly type: string;
  readonly targetSystem: string | null;
  readonly targetSystemTitle: string | null;
  readonly mandatory: boolean;
  readonly state: TaskState;
  /** Why planning left the task out, or null. */
  readonly excluded: string | null;
  /** What the state says beyond its name: cause, reason. */
  readonly reason: string | null;
  readonly attempts: number;
  readonly queries: number;
  readonly effect: Task["effect"];
  readonly readyAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** The latest of the instants above and of the last dispatch. */
  readonly lastUpdated: Instant | null;
  readonly timers: TaskTimers;
  readonly lastFailure: Failure | null;
  /** Set while a person must act. */
  readonly manual: ManualWork | null;
}

/** All tasks in the order of the plan, those that were left out included. */
export function stepViews(order: Order, release: CompiledRelease): readonly StepView[] {
  const planned = order.plan?.graph.tasks ?? [];
  return order.tasks.flatMap((task, position) => {
    const source = planned[position];
    return source === undefined ? [] : [stepView(task, source, release)];
  });
}

function stepView(task: Task, source: PlannedTask, release: CompiledRelease): StepView {
  const { readyAt, startedAt, sentAt, finishedAt } = task;
  return {
    id: `${source.itemId}/${source.key}`,
    taskId: task.id,
    itemId: source.itemId,
    key: source.key,
    title: source.title,
    type: source.type,
    targetSystem: release.taskTypes.get(source.type)?.definition.targetSystem ?? null,
    targetSystemTitle: release.taskTypes.get(source.type)?.targetSystem?.definition.title ?? null,
    mandatory: source.mandatory,
    state: task.state,
    excluded: source.excluded,
    reason: reasonOf(task),
    attempts: task.attempts,
    queries: task.queries,
    effect: task.effect,
    readyAt,
    startedAt,
    finishedAt,
    lastUpdated: [readyAt, startedAt, sentAt, finishedAt].reduce((latest, at) => (at !== null && (latest === null || at > latest) ? at : latest), null),
    timers: task.timers,
    lastFailure: task.lastFailure,
    manual: task.state === "AWAITING_MANUAL_ACTION" ? task.manual : null,
  };
}

function reasonOf(task: Task): string | null {
  if ("reason" in task) return task.reason;
  return "cause" in task ? task.cause : null;
}
