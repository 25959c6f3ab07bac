import { graphIndex } from "./graph-index.ts";
import { Defect } from "../support/defect.ts";
import type { EventOf, OrderEvent } from "./events.ts";
import { mayMove, outcomeOf, TASK_MACHINE } from "./machines.ts";
import type { Order } from "./order.ts";
import type { ManualWork, Task, TaskStatus, TaskTimers } from "./task.ts";

type SingleTaskEvent = Extract<OrderEvent, { readonly taskId: string; readonly type: `Task${string}` | `ManualTask${string}` }>;
type TaskEvent = SingleTaskEvent | EventOf<"DependenciesMet">;

/** The part of `evolve` that concerns tasks; also keeps the counters of open work in the plan and in the item. */
export function evolveTask(order: Order, event: TaskEvent): Order {
  if (event.type === "DependenciesMet") return meetDependencies(order, event);
  const position = positionOf(order, event.taskId);
  const before = order.tasks[position] as Task;
  const after = applyToTask(before, event);
  const tasks = order.tasks.with(position, after);
  return outcomeOf(before.state) === outcomeOf(after.state) ? { ...order, tasks } : closeTask({ ...order, tasks }, position);
}

function positionOf(order: Order, taskId: string): number {
  const position = order.plan ? graphIndex(order.plan.graph).taskPosition.get(taskId) : undefined;
  if (position === undefined) throw new Defect(`Order ${order.id} has no task ${taskId}`);
  return position;
}

function meetDependencies(order: Order, event: EventOf<"DependenciesMet">): Order {
  const tasks = [...order.tasks];
  for (const { taskId, edges } of event.met) {
    const position = positionOf(order, taskId);
    const task = tasks[position] as Task;
    tasks[position] = { ...task, unmetEdges: task.unmetEdges.filter((edge) => !edges.includes(edge)) };
  }
  return { ...order, tasks };
}

/** A task has become final: the plan has one open task less, and the item one open mandatory task if it ended well. */
function closeTask(order: Order, position: number): Order {
  const { plan } = order;
  const planned = plan?.graph.tasks[position];
  if (!plan || !planned) throw new Defect(`Order ${order.id} has no plan`);
  const endedWell = outcomeOf((order.tasks[position] as Task).state) === "SUCCESS";
  return {
    ...order,
    plan: { ...plan, openTasks: plan.openTasks - 1, failedTasks: plan.failedTasks + (endedWell ? 0 : 1) },
    items:
      planned.mandatory && endedWell
        ? order.items.map((item) => (item.id === planned.itemId ? { ...item, openMandatoryTasks: item.openMandatoryTasks - 1 } : item))
        : order.items,
  };
}

function applyToTask(task: Task, event: SingleTaskEvent): Task {
  switch (event.type) {
    case "TaskWakeSet":
      return { ...task, timers: { ...task.timers, wake: event.wakeAt } };
    case "TaskWoken":
      return { ...task, timers: without(task.timers, "wake", "window") };
    case "TaskReady":
      return {
        ...move(task, { state: "READY" }),
        inputs: event.inputs,
        request: event.request,
        locks: event.locks,
        with: event.with ?? task.with,
        readyAt: event.at,
        timers: event.timeoutAt ? { timeout: event.timeoutAt } : {},
      };
    case "TaskDeferred":
      if (task.state === "PENDING") return { ...task, timers: { ...task.timers, window: event.until } };
      return { ...move(task, { state: "PENDING" }), timers: { window: event.until } };
    case "TaskSkipped":
      return finish(task, { state: "SKIPPED_BY_POLICY", reason: event.reason }, event.at);
    case "TaskDispatched":
      return {
        ...move(task, { state: "DISPATCHED" }),
        attempts: event.attempt,
        idempotencyKey: event.idempotencyKey,
        effect: event.question ? "NONE" : "POSSIBLE",
        unanswered: !event.clockStarts,
        locked: true,
        startedAt: task.startedAt ?? event.at,
        clockAt: event.clockStarts ? event.at : task.clockAt,
        sentAt: event.at,
        timers: event.timeoutAt ? { timeout: event.timeoutAt } : {},
      };
    case "TaskAccepted":
      return { ...move(task, { state: "WAITING" }), timers: without(task.timers, "query", "retry") };
    case "TaskSucceeded":
      return {
        ...finish(task, { state: "SUCCEEDED", evidence: event.evidence, via: event.via }, event.at),
        outputs: event.outputs,
        effect: event.question ? "NONE" : "DONE",
      };
    case "TaskAttemptFailed":
      return { ...task, lastFailure: event.failure, effect: event.failure.effect };
    case "TaskOutcomeBecameUnknown": {
      const { queryAt, resendAt } = event;
      const timers = { ...without(task.timers, "query", "retry"), ...(queryAt && { query: queryAt }), ...(resendAt && { retry: resendAt }) };
      const since = task.state === "OUTCOME_UNKNOWN" ? task.since : event.at;
      const status = { state: "OUTCOME_UNKNOWN", since, cause: event.cause, resend: false } as const;
      return { ...(task.state === "OUTCOME_UNKNOWN" ? { ...task, ...status } : move(task, status)), effect: "POSSIBLE", timers };
    }
    case "TaskStatusQueried":
      return { ...task, queries: event.query, timers: without(task.timers, "query") };
    case "TaskQueryScheduled":
      return { ...task, timers: { ...task.timers, query: event.queryAt } };
    case "TaskReconciled":
      return event.found === "notFound" || event.found === "failed" ? { ...task, effect: "NONE", unanswered: false, clockAt: null } : task;
    case "TaskResendRequested":
      if (task.state !== "OUTCOME_UNKNOWN") throw new Defect(`Task ${task.id} is ${task.state}: only an unknown command is repeated`);
      return { ...task, resend: true, timers: without(task.timers, "retry") };
    case "TaskRetryScheduled":
      return { ...move(task, { state: "RETRY_SCHEDULED" }), clockAt: null, timers: { retry: event.retryAt } };
    case "TaskTimeoutStepPassed":
      return { ...task, timers: event.timeoutAt ? { ...task.timers, timeout: event.timeoutAt } : without(task.timers, "timeout") };
    case "TaskAlternativeChosen":
      return {
        ...task,
        alternatives: event.alternative,
        with: event.with,
        requestRevision: event.requestRevision,
        requestAttempt: task.attempts + 1,
        request: null,
        idempotencyKey: null,
        clockAt: null,
        // Another request may need other locks: it takes its own when it is admitted.
        locked: false,
      };
    case "TaskManualActionRequired": {
      // One person hands it to another, or to the customer: still the same wait.
      const timers = event.escalateAt === null ? {} : { escalate: event.escalateAt };
      if (task.state === "AWAITING_MANUAL_ACTION") return { ...task, since: event.at, manual: event.manual, timers };
      // A person's own work was admitted and so has its locks; what stopped before it was sent has none.
      const locked = task.locked || (task.state === "READY" && event.manual.cause === "WORK");
      return { ...move(task, { state: "AWAITING_MANUAL_ACTION", since: event.at, manual: event.manual }), timers, locked };
    }
    case "TaskReassigned":
      return withManual(task, { queue: event.queue, role: event.role, claimedBy: null });
    case "ManualTaskClaimed":
      return withManual(task, { claimedBy: event.by });
    case "ManualTaskReleased":
      return withManual(task, { claimedBy: null });
    case "ManualTaskEscalated": {
      const { to, level, nextAt, at } = event;
      const told = withManual(task, { escalations: [...manualOf(task).escalations, { to, level, at }] });
      return { ...told, timers: nextAt === null ? without(task.timers, "escalate") : { ...task.timers, escalate: nextAt } };
    }
    case "TaskWaived":
      return { ...finish(task, { state: "WAIVED_BY_AUTHORIZED_USER", by: event.by, reason: event.reason }, event.at), outputs: event.outputs };
    case "TaskPayloadCorrected":
      return {
        ...task,
        request: event.request,
        requestRevision: event.requestRevision,
        requestAttempt: task.attempts + 1,
        idempotencyKey: null,
        clockAt: null,
      };
    case "TaskRetryRequested":
      return { ...move(task, { state: "PENDING" }), clockAt: null, timers: {} };
    case "TaskFailedFinally":
      return finish(task, { state: "FAILED_FINAL", reason: event.reason }, event.at);
    case "TaskOutputsAmended":
      return { ...task, outputs: { ...task.outputs, ...event.outputs }, with: event.with ?? task.with, request: event.request ?? task.request };
    case "TaskCancelled":
      return finish(task, { state: "CANCELLED", reason: event.reason }, event.at);
  }
}

function manualOf(task: Task): ManualWork {
  if (task.state !== "AWAITING_MANUAL_ACTION") throw new Defect(`Task ${task.id} is ${task.state}: no person works on it`);
  return task.manual;
}

function withManual(task: Task, change: Partial<ManualWork>): Task {
  const manual = { ...manualOf(task), ...change };
  return { ...task, manual } as Task;
}

/** Base fields of a task; what belonged to the former state alone is dropped. */
function move(task: Task, status: TaskStatus): Task {
  if (!mayMove(TASK_MACHINE, task.state, status.state)) {
    throw new Defect(`Task ${task.id} may not go from ${task.state} to ${status.state}`);
  }
  return {
    id: task.id,
    unmetEdges: task.unmetEdges,
    attempts: task.attempts,
    queries: task.queries,
    effect: task.effect,
    unanswered: task.unanswered,
    with: task.with,
    alternatives: task.alternatives,
    requestRevision: task.requestRevision,
    requestAttempt: task.requestAttempt,
    inputs: task.inputs,
    request: task.request,
    idempotencyKey: task.idempotencyKey,
    locks: task.locks,
    locked: task.locked,
    readyAt: task.readyAt,
    startedAt: task.startedAt,
    clockAt: task.clockAt,
    sentAt: task.sentAt,
    finishedAt: task.finishedAt,
    outputs: task.outputs,
    lastFailure: task.lastFailure,
    timers: task.timers,
    ...status,
  };
}

function finish(task: Task, status: TaskStatus, at: string): Task {
  return { ...move(task, status), finishedAt: at, timers: {}, locked: false };
}

function without(timers: TaskTimers, ...purposes: readonly (keyof TaskTimers)[]): TaskTimers {
  return Object.fromEntries(Object.entries(timers).filter(([purpose]) => !purposes.includes(purpose as keyof TaskTimers)));
}
