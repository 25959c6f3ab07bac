import { isRetryable } from "../interpret/fail-task.ts";
import { clockOf, dueSteps } from "../interpret/timeout-clock.ts";
import type { CompiledRelease, CompiledTaskType } from "../language/compiled-release.ts";
import type { TimeoutAction } from "../language/kinds.ts";
import { evolve } from "../order/evolve.ts";
import type { EventOf, JournalEntry, OrderEvent } from "../order/events.ts";
import type { Input } from "../order/inputs.ts";
import { isInFlight, type TaskState } from "../order/machines.ts";
import type { Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import { pointName } from "./coverage-points.ts";
import type { ScenarioRun } from "./run-scenario.ts";

/** One event with the state before it and the other events of its input. */
interface Moment {
  readonly event: OrderEvent;
  readonly before: Order;
  readonly after: Order;
  readonly entry: JournalEntry;
}

/** The names of the points a run reached, read from its journal and the rows that answered. */
export function pointsReached({ simulation, rows }: ScenarioRun, release: CompiledRelease): ReadonlySet<string> {
  const reached = new Set([...rows].map(pointName.row));
  const add = (...names: readonly string[]): void => {
    for (const name of names) reached.add(name);
  };
  let order: Order | null = null;
  simulation.journal.forEach((entry, position) => {
    const input = simulation.inputs[position];
    const started: Order | null = order;
    if (input && started) add(...outcomeChosen(input, started));
    for (const event of entry.events) {
      const before: Order | null = order;
      order = evolve(order, event);
      if (before) add(...pointsOf({ event, before, after: order, entry }, release));
    }
    if (started && order) add(...decisiveDependencies(entry, started, order, release));
  });
  return reached;
}

/** The outcome a person chose for a manual task, be it the work itself or the repair of other work. */
function outcomeChosen(input: Input, before: Order): readonly string[] {
  if (input.type !== "CompleteManualTask") return [];
  const task = before.tasks.find(({ id }) => id === input.taskId);
  const ofCase = before.cases.find(({ state, taskId }) => state === "OPEN" && taskId === input.taskId)?.manualTask;
  const manual = task?.state === "AWAITING_MANUAL_ACTION" ? task.manual.manualTask : ofCase;
  return manual ? [pointName.manualOutcome(manual, input.outcome)] : [];
}

function pointsOf({ event, before, after, entry }: Moment, release: CompiledRelease): readonly string[] {
  switch (event.type) {
    case "PlanCreated":
      return event.graph.tasks.flatMap((planned) => (planned.excluded !== null && planned.source.by === "template" ? [pointName.leftOut(planned.source.template, keyOf(planned))] : []));
    case "TaskSucceeded":
      return succeeded(plannedOf(after, event.taskId), release);
    case "TaskAlternativeChosen": {
      const planned = plannedOf(after, event.taskId);
      return planned?.source.by === "template" ? [pointName.alternative(planned.source.template, keyOf(planned), event.alternative)] : [];
    }
    case "TaskAttemptFailed":
      return failed(event, entry, after, release);
    case "TaskTimeoutStepPassed":
      return stepsTaken(event, entry, before, release);
    case "ManualTaskEscalated": {
      const task = before.tasks.find(({ id }) => id === event.taskId);
      const manual = task?.state === "AWAITING_MANUAL_ACTION" ? task.manual.manualTask : null;
      return manual ? [pointName.escalation(manual, event.level, event.to)] : [];
    }
    case "CompensationSettled":
      return event.succeeded ? [pointName.compensation(policyOf(before, event.compensationId), "undone")] : [];
    case "CompensationApproved":
      return [pointName.compensation(policyOf(before, event.compensationId), "agreed to")];
    case "CompensationRefused":
      return [pointName.compensation(policyOf(before, event.compensationId), "refused")];
    case "MilestoneReached":
    case "MilestoneMissed":
      return milestone(event.milestoneId, event.type === "MilestoneReached" ? "reached" : "missed", after);
    case "CustomerStatusChanged": {
      const map = release.planTemplates.get(templateOf(after, event.itemId))?.milestoneMap.definition.key;
      return map === undefined ? [] : [pointName.status(map, event.status)];
    }
    default:
      return [];
  }
}

function succeeded(planned: PlannedTask | undefined, release: CompiledRelease): readonly string[] {
  const source = planned?.source;
  switch (source?.by) {
    case "template":
      return [pointName.done(source.template, keyOf(planned))];
    case "billing-trigger":
      return [pointName.billing(release.planTemplates.get(source.template)?.billingTriggers[source.trigger]?.definition.key ?? "")];
    case "amendment":
      return [pointName.amended(planned?.type ?? "")];
    case "withdrawal":
      return [pointName.withdrawn(planned?.type ?? "")];
    default:
      return [];
  }
}

/** A failed attempt is a business outcome its type knows, or what the retry policy makes of it. */
function failed(event: EventOf<"TaskAttemptFailed">, entry: JournalEntry, order: Order, release: CompiledRelease): readonly string[] {
  const type = typeOf(plannedOf(order, event.taskId), release);
  const follows = (wanted: OrderEvent["type"]): boolean => entry.events.some((other) => other.type === wanted && "taskId" in other && other.taskId === event.taskId);
  const outcome = type?.definition.outcomes?.find(({ key }) => key === event.failure.code);
  const known = outcome && type ? [pointName.taskOutcome(type.definition.key, outcome.key)] : [];
  const policy = type?.retry?.definition.key;
  if (policy === undefined || follows("TaskOutcomeBecameUnknown") || follows("TaskCancelled")) return known;
  if (follows("TaskRetryScheduled")) return [...known, pointName.retry(policy, "tries again")];
  if (outcome) return known;
  return [pointName.retry(policy, isRetryable(type?.retry, event.failure) ? "gives up" : "does not try again")];
}

/** What a step can do something about. */
const CONCERNS: { readonly [action in TimeoutAction]: (state: TaskState) => boolean } = {
  MARK_OUTCOME_UNKNOWN: (state) => state === "DISPATCHED" || state === "WAITING",
  QUERY_STATUS: isInFlight,
  RETRY_SAME_COMMAND: isInFlight,
  ESCALATE: () => true,
  CANCEL_TASK: (state) => state === "READY" || state === "PENDING",
};

/** The steps of the policy that were due and had something to do, in the state before or the one they led to. */
function stepsTaken(event: EventOf<"TaskTimeoutStepPassed">, entry: JournalEntry, before: Order, release: CompiledRelease): readonly string[] {
  const position = before.plan?.graph.tasks.findIndex(({ id }) => id === event.taskId) ?? -1;
  const task = before.tasks[position];
  const policy = typeOf(before.plan?.graph.tasks[position], release)?.timeout;
  const dueAt = task?.timers.timeout;
  if (!task || !policy || dueAt === undefined) return [];
  const { clock, clockAt } = clockOf(task);
  const becameUnknown = entry.events.some((other) => other.type === "TaskOutcomeBecameUnknown" && other.taskId === event.taskId);
  const states: readonly TaskState[] = becameUnknown ? [task.state, "OUTCOME_UNKNOWN"] : [task.state];
  const due = new Set(states.flatMap((state) => dueSteps(policy.steps, clock, clockAt ?? dueAt, dueAt, state).filter((step) => CONCERNS[step.do](state))));
  return policy.steps.flatMap((step, number) => (due.has(step) ? [pointName.timeout(policy.key, number, step.do)] : []));
}

function milestone(id: string, outcome: "reached" | "missed", order: Order): readonly string[] {
  const [itemId = "", key = ""] = id.split("/");
  return [pointName.milestone(templateOf(order, itemId), key, outcome)];
}

/**
 * Dependencies that decided something: they came to hold, or turned out never to hold, in the input that decided about
 * their task, so that nothing else kept it; or they gave a task that was let go one of its inputs.
 */
function decisiveDependencies(entry: JournalEntry, started: Order, order: Order, release: CompiledRelease): readonly string[] {
  const met = new Map<string, number[]>();
  for (const event of entry.events) {
    if (event.type === "DependenciesMet") for (const { taskId, edges } of event.met) met.set(taskId, [...(met.get(taskId) ?? []), ...edges]);
    else if (event.type === "TaskSkipped") met.set(event.taskId, [...(started.tasks.find(({ id }) => id === event.taskId)?.unmetEdges ?? [])]);
  }
  return [...met].flatMap(([taskId, edges]) => {
    const planned = plannedOf(order, taskId);
    const task = order.tasks.find(({ id }) => id === taskId);
    if (planned?.source.by !== "template" || !task || (task.unmetEdges.length > 0 && task.state === "PENDING")) return [];
    const { template, task: number } = planned.source;
    const compiled = release.planTemplates.get(template)?.tasks[number];
    const dependsOn = compiled?.definition.dependsOn ?? [];
    const giving = planned.edges.flatMap(({ edge }, position) => (edge !== null && compiled?.edges[edge]?.provides && task.state !== "PENDING" ? [position] : []));
    return [...edges, ...giving].flatMap((edge) => {
      const position = planned.edges[edge]?.edge ?? null;
      return position === null ? [] : [pointName.dependency(template, keyOf(planned), dependsOn[position], position)];
    });
  });
}

function plannedOf(order: Order, taskId: string): PlannedTask | undefined {
  return order.plan?.graph.tasks.find(({ id }) => id === taskId);
}

/** Key of the task in its template; one that was opened again has a number behind it. */
function keyOf(planned: PlannedTask | undefined): string {
  return planned?.key.split("~", 1)[0] ?? "";
}

function typeOf(planned: PlannedTask | undefined, release: CompiledRelease): CompiledTaskType | undefined {
  return release.taskTypes.get(planned?.type ?? "");
}

function policyOf(order: Order, compensationId: string): string {
  return order.compensations.find(({ id }) => id === compensationId)?.policy ?? "";
}

function templateOf(order: Order, itemId: string): string {
  return order.items.find(({ id }) => id === itemId)?.decomposition?.template ?? "";
}
