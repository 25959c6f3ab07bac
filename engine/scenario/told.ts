import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Instant } from "../language/kinds.ts";
import { evolve } from "../order/evolve.ts";
import type { OrderEvent } from "../order/events.ts";
import type { Order } from "../order/order.ts";
import type { Plan, PlannedTask } from "../order/plan.ts";
import type { Simulation } from "../simulate/simulate.ts";
import { formatDuration } from "../support/duration.ts";
import { msBetween } from "../support/instant.ts";
import { textOf, type JsonObject } from "../support/json.ts";

/** What a run tells, in the words expectations are written in: tasks as `<item>/<task>`, spans since acceptance. */
export interface Told {
  /** Tasks in the order in which they were begun; one that is done anew is named again. */
  readonly begun: readonly Step[];
  /** Tasks in the order in which they ended well. */
  readonly ended: readonly Step[];
  readonly order: string;
  readonly items: { readonly [item: string]: string };
  /** Newest task of each name. */
  readonly tasks: { readonly [task: string]: string };
  /** Every state a task ever had, as `<task> <STATE>`. */
  readonly states: ReadonlySet<string>;
  readonly milestones: readonly { readonly milestone: string; readonly outcome: string; readonly after: string | null }[];
  readonly charges: readonly { readonly charge: string; readonly trigger: string; readonly times: number; readonly effectiveFrom: string | null }[];
  readonly customerStatus: { readonly [item: string]: readonly string[] };
  readonly messages: readonly { readonly item: string; readonly about: string; readonly text: string; readonly times: number }[];
  /** null while the order has not ended. */
  readonly duration: string | null;
  readonly cases: readonly { readonly task: string | null; readonly code: string; readonly queue: string; readonly severity: string; readonly state: "OPEN" | "CLOSED" }[];
  readonly refused: readonly { readonly input: string; readonly code: string; readonly message: string }[];
}

export interface Step {
  readonly task: string;
  /** Place among all events of the run. */
  readonly place: number;
}

/** Reads a simulation as its expectations will be written. Pure: the journal alone, folded once. */
export function tell(simulation: Simulation, release: CompiledRelease): Told {
  const begun: Step[] = [];
  const ended: Step[] = [];
  const states = new Set<string>();
  const seen: { [item: string]: string[] } = {};
  let order: Order | null = null;
  let endedAt: Instant | null = null;
  let place = 0;
  for (const event of simulation.journal.flatMap(({ events }) => events)) {
    const was = order;
    order = evolve(order, event);
    place += 1;
    if (event.type === "CustomerStatusChanged") (seen[event.itemId] ??= []).push(event.status);
    if (ORDER_ENDS.has(event.type)) endedAt = event.at;
    if (!("taskId" in event)) continue;
    const position: number = order.plan?.graph.tasks.findIndex(({ id }) => id === event.taskId) ?? -1;
    const state = order.tasks[position]?.state;
    const task = nameOf(order.plan?.graph.tasks[position]);
    if (state === undefined) continue;
    states.add(`${task} ${state}`);
    if (begins(event, was)) begun.push({ task, place });
    if (event.type === "TaskSucceeded") ended.push({ task, place });
  }
  const last = order ?? simulation.order;
  return {
    begun, ended, states, order: last.state,
    items: Object.fromEntries(last.items.map(({ id, state }) => [id, state])),
    tasks: Object.fromEntries(last.tasks.map(({ state }, position) => [nameOf(last.plan?.graph.tasks[position]), state])),
    milestones: milestonesOf(last),
    charges: chargesOf(last, release, simulation),
    customerStatus: seen,
    messages: messagesOf(last, simulation),
    duration: endedAt === null ? null : formatDuration(msBetween(last.acceptedAt, endedAt)),
    cases: last.cases.map(({ taskId, reasonCode, queue, severity, state }) => ({ task: taskId === null ? null : nameOf(last.plan?.graph.tasks.find(({ id }) => id === taskId)), code: reasonCode, queue, severity, state })),
    refused: simulation.rejections.map(({ input, rejection }) => ({ input: input.type, code: rejection.code, message: rejection.message })),
  };
}

const ORDER_ENDS: ReadonlySet<OrderEvent["type"]> = new Set(["OrderCompleted", "OrderPartiallyCompleted", "OrderFailed", "OrderCancelled", "OrderRejected"] as const);

/** `<item>/<task>` */
export function nameOf(planned: PlannedTask | undefined): string {
  return planned === undefined ? "" : `${planned.itemId}/${planned.key}`;
}

/** A task is begun when its command is sent for the first time, a person gets it, or we record what it is for. */
function begins(event: OrderEvent, before: Order | null): boolean {
  if (event.type === "TaskDispatched") return event.attempt === 1;
  if (event.type === "TaskManualActionRequired") return event.manual.cause === "WORK" && !isWithPerson(event.taskId, before);
  return event.type === "TaskSucceeded" && event.via === "internal";
}

function isWithPerson(taskId: string, order: Order | null): boolean {
  return order?.tasks.find(({ id }) => id === taskId)?.state === "AWAITING_MANUAL_ACTION";
}

/** Milestones that only mark a customer status being shown are told as statuses. */
function milestonesOf(order: Order): Told["milestones"] {
  return order.milestones.flatMap(({ id, outcome, reachedAt }, position) => {
    const by = order.plan?.graph.milestones[position]?.by;
    return by === undefined || "status" in by ? [] : [{ milestone: id, outcome, after: reachedAt === null ? null : formatDuration(msBetween(order.acceptedAt, reachedAt)) }];
  });
}

function chargesOf(order: Order, release: CompiledRelease, { effectsOf }: Simulation): Told["charges"] {
  return generated(order).flatMap(({ planned, inputs }) => {
    const { source, itemId } = planned;
    const times = effectsOf[nameOf(planned)] ?? 0;
    if (source.by !== "billing-trigger" || times === 0) return [];
    const trigger = release.planTemplates.get(source.template)?.billingTriggers[source.trigger]?.definition.key ?? "";
    return [{ charge: `${itemId}/${textOf(source.charge["key"]) ?? ""}`, trigger, times, effectiveFrom: textOf(inputs["effectiveFrom"]) }];
  });
}

function messagesOf(order: Order, { effectsOf }: Simulation): Told["messages"] {
  return generated(order).flatMap(({ planned, parameters }) => {
    const { source, itemId } = planned;
    const times = effectsOf[nameOf(planned)] ?? 0;
    const about = source.by === "milestone-message" ? source.milestone : source.by === "status-message" ? source.status : null;
    return about === null || times === 0 ? [] : [{ item: itemId, about, text: textOf(parameters["message"]) ?? "", times }];
  });
}

/** The newest task of each name, with what it was given. */
function generated(order: Order): readonly { readonly planned: PlannedTask; readonly inputs: JsonObject; readonly parameters: JsonObject }[] {
  const graph: Plan["graph"] | undefined = order.plan?.graph;
  const newest = new Map((graph?.tasks ?? []).map((planned, position) => [nameOf(planned), { planned, position }]));
  return [...newest.values()].map(({ planned, position }) => ({ planned, inputs: order.tasks[position]?.inputs ?? {}, parameters: order.tasks[position]?.with ?? {} }));
}
