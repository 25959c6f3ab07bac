import { createHash } from "node:crypto";
import { interpret } from "../../../engine/interpret/interpret.ts";
import { ORDER_MACHINE } from "../../../engine/order/machines.ts";
import type { OrderEvent } from "../../../engine/order/events.ts";
import type { Order } from "../../../engine/order/order.ts";
import type { Planted } from "./planted.ts";
import { rebuild, withAnswers, withEngine } from "./tools.ts";

const own = (name: string, parts: Planted["parts"], undo?: () => void): Planted => ({ name, listed: false, parts, ...(undo && { undo }) });
const sha = (text: string) => createHash("sha256").update(text).digest("hex");
/** Chosen by name, so that a step computed twice chooses alike. */
const oneIn = (many: number, text: string) => Number.parseInt(sha(text).slice(0, 8), 16) % many === 0;

let calls = 0;
const READY = ORDER_MACHINE.READY_FOR_FULFILLMENT as unknown as string[];

/** Bugs of the engine, each one made for the invariant that must not be decoration. */
export const OWN_ENGINE: readonly Planted[] = [
  own("an input the engine chokes on", () => withEngine({
    interpret: (order, input, release) => (input.type === "RequestRepair" ? Promise.reject(new TypeError("Cannot read properties of undefined")) : interpret(order, input, release)),
  })),
  own("a success written down with another proof than its system gave", () => withAnswers((answer, before) => {
    const events = answer.events.map((event): OrderEvent => (event.type === "TaskSucceeded" && event.via !== "person" && event.via !== "internal" ? { ...event, evidence: { reference: "surely" } } : event));
    return events.some((event, position) => event !== answer.events[position]) ? rebuild(before, answer, events) : null;
  })),
  own("a new request revision for an unchanged request", () => withAnswers((answer, before) => {
    const events = answer.events.flatMap((event): OrderEvent[] => {
      const task = event.type === "TaskReady" ? before?.tasks.find(({ id }) => id === event.taskId) : undefined;
      if (event.type !== "TaskReady" || task?.state !== "RETRY_SCHEDULED" || task.effect !== "NONE" || task.locks.length > 0) return [event];
      return [{ type: "TaskAlternativeChosen", taskId: task.id, alternative: task.alternatives, with: task.with, requestRevision: task.requestRevision + 1, at: event.at }, event];
    });
    return events.length > answer.events.length ? rebuild(before, answer, events) : null;
  })),
  own("a key that forgets the action", () => withAnswers((answer, before) => {
    if (!answer.events.some(({ type }) => type === "TaskDispatched")) return null;
    const key = (taskId: string) => sha(`key of ${taskId}/${before?.tasks.find(({ id }) => id === taskId)?.requestRevision ?? 1}`);
    const events = answer.events.map((event): OrderEvent => (event.type === "TaskDispatched" ? { ...event, idempotencyKey: key(event.taskId) } : event));
    return rebuild(before, answer, events, answer.commands.map((command) => (command.type === "DispatchTask" ? { ...command, idempotencyKey: key(command.taskId) } : command)));
  })),
  own("work sent before its plan was started", () => withEngine({
    async interpret(order, input, release) {
      const running = (late: Order): Order => (late.plan?.state === "CREATED" ? { ...late, plan: { ...late.plan, state: "RUNNING" } } : late);
      const answer = await interpret(order && running(order), input, release);
      if (!answer.accepted) return answer;
      if (input.type === "FulfillOrder" && answer.order.tasks.some(({ state }) => state === "READY")) return rebuild(order, answer, answer.events.filter(({ type }) => type !== "PlanStarted"));
      if (order?.plan?.state !== "CREATED" || answer.events.length === 0) return answer;
      return rebuild(order, answer, input.type === "TasksAdmitted" ? [...late(answer.events), { type: "PlanStarted", at: input.at }, ...rest(answer.events)] : [{ type: "PlanStarted", at: input.at }, ...answer.events]);
    },
  })),
  own("a plan number left out", () => withAnswers((answer, before) => {
    if (!answer.events.some(({ type }) => type === "PlanSuperseded")) return null;
    return rebuild(before, answer, answer.events.map((event): OrderEvent => (event.type === "PlanSuperseded" ? { ...event, number: event.number + 1 } : event)));
  })),
  own("an unknown outcome of a system that honors keys taken for a failure to retry", () => withAnswers((answer, before, _input, release) => {
    const position = answer.events.findIndex(({ type }) => type === "TaskOutcomeBecameUnknown");
    const event = answer.events[position];
    const task = event?.type === "TaskOutcomeBecameUnknown" ? before?.tasks.find(({ id }) => id === event.taskId) : undefined;
    const planned = before?.plan?.graph.tasks.find(({ id }) => id === task?.id);
    const type = release.taskTypes.get(planned?.type ?? "");
    const inProgress = before?.items.find(({ id }) => id === planned?.itemId)?.state === "IN_PROGRESS";
    if (!event || !task || !inProgress || type?.targetSystem?.definition.effects.class !== "idempotent-key" || task.attempts >= (type.retry?.definition.maxAttempts ?? 1)) return null;
    return rebuild(before, answer, [...answer.events.slice(0, position), { type: "TaskRetryScheduled", taskId: task.id, retryAt: event.at, attempt: task.attempts + 1, reason: "again", at: event.at }], []);
  })),
  own("a move no table knows", () => {
    if (!READY.includes("HELD")) READY.push("HELD");
    return withAnswers((answer, before) => {
      const position = answer.events.findIndex(({ type }) => type === "OrderFulfillmentStarted");
      const started = answer.events[position];
      if (!started) return null;
      return rebuild(before, answer, [...answer.events.slice(0, position), { type: "OrderHeld", cause: "nobody knows", at: started.at }, ...answer.events.slice(position)]);
    });
  }, () => void READY.splice(READY.indexOf("HELD"), READY.includes("HELD") ? 1 : 0)),
  own("an answer that depends on the moment", () => withAnswers((answer, before) => {
    const found = answer.events.findIndex(({ type }) => type === "CustomerStatusChanged");
    const event = answer.events[found];
    if (event?.type !== "CustomerStatusChanged") return null;
    calls += 1;
    return rebuild(before, answer, answer.events.with(found, { ...event, rule: `${event.rule}, call ${calls}` }));
  })),
  own("undoing what was never done", () => withAnswers((answer, before) => {
    const position = answer.events.findIndex(({ type }) => type === "CompensationRequested");
    const event = answer.events[position];
    const never = before?.tasks.find(({ effect, outputs, state }) => effect === "NONE" && Object.keys(outputs).length === 0 && state !== "SUCCEEDED");
    if (event?.type !== "CompensationRequested" || !never) return null;
    const id = `${event.compensation.id}-for-nothing`;
    const nothing: OrderEvent[] = [
      { type: "CompensationRequested", compensation: { ...event.compensation, id, originalTaskId: never.id, taskId: `${never.id}-for-nothing`, state: "UNDER_WAY", approvalId: null }, at: event.at },
      { type: "CompensationSettled", compensationId: id, succeeded: true, at: event.at },
    ];
    return rebuild(before, answer, [...answer.events.slice(0, position + 1), ...nothing, ...answer.events.slice(position + 1)]);
  })),
  own("a new plan that rewrites finished work", () => withAnswers((answer, before) => {
    const done = before?.tasks.findIndex(({ state }) => state === "SUCCEEDED") ?? -1;
    if (done < 0 || !answer.events.some(({ type }) => type === "PlanSuperseded")) return null;
    return rebuild(before, answer, answer.events.map((event): OrderEvent => {
      const task = event.type === "PlanSuperseded" ? event.graph.tasks[done] : undefined;
      return event.type === "PlanSuperseded" && task ? { ...event, graph: { ...event.graph, tasks: event.graph.tasks.with(done, { ...task, title: `${task.title}, but better` }) } } : event;
    }));
  })),
  own("tasks that go out in any order", () => withEngine({
    interpret: (order, input, release) => interpret(order, input.type === "TasksAdmitted" ? { ...input, taskIds: input.taskIds.toReversed() } : input, release),
  })),
  own("one's own request approved", () => withEngine({
    async interpret(order, input, release) {
      if (input.type !== "DecideApproval") return interpret(order, input, release);
      const requester = order?.approvals.find(({ id }) => id === input.approvalId)?.requestedBy ?? "";
      const answer = await interpret(order, input, release);
      if (!answer.accepted) return answer;
      return rebuild(order, answer, answer.events.map((event): OrderEvent => (event.type === "ApprovalGiven" || event.type === "ApprovalRefused" ? { ...event, by: requester } : event)));
    },
  })),
  own("a repair whose evidence is not written down", () => withAnswers((answer, before) => {
    const events = answer.events.map((event): OrderEvent => (event.type === "RepairApplied" ? { ...event, repair: { ...event.repair, evidence: null, reason: "" } } : event));
    return events.some(({ type }) => type === "RepairApplied") ? rebuild(before, answer, events) : null;
  })),
  own("an approval named by a repair that was never given", () => withAnswers((answer, before) => {
    const events = answer.events.map((event): OrderEvent => (event.type === "RepairApplied" && event.approvalId !== null ? { ...event, approvalId: "an older one" } : event));
    return events.some(({ type }) => type === "RepairApplied") ? rebuild(before, answer, events) : null;
  })),
  own("charges that are never sent", () => withAnswers((answer, before) => {
    const optional = new Set((answer.order.plan?.graph.tasks ?? []).filter(({ source, mandatory }) => source.by === "billing-trigger" && !mandatory).map(({ id }) => id));
    const events = answer.events.filter((event) => event.type !== "TaskReady" || !optional.has(event.taskId));
    return events.length < answer.events.length ? rebuild(before, answer, events) : null;
  })),
  own("nobody told of an unknown outcome", () => withAnswers((answer, before) => {
    const inFlight = (taskId: string | null) => ["DISPATCHED", "WAITING", "OUTCOME_UNKNOWN"].includes(before?.tasks.find(({ id }) => id === taskId)?.state ?? "");
    return rebuild(before, answer, answer.events.map((event): OrderEvent => (event.type === "FalloutCaseOpened" && !event.case.blocking && inFlight(event.case.taskId) ? { ...event, case: { ...event.case, queue: "", manualTask: null } } : event)));
  })),
  own("work forgotten that could begin", () => withAnswers((answer, before) => {
    const mandatory = new Set((answer.order.plan?.graph.tasks ?? []).filter((task) => task.mandatory && task.source.by === "template" && oneIn(20, task.id)).map(({ id }) => id));
    const events = answer.events.filter((event) => event.type !== "TaskReady" || !mandatory.has(event.taskId));
    return events.length < answer.events.length ? rebuild(before, answer, events) : null;
  })),
];

/** Events up to the last dispatch, and those behind it. */
function late(events: readonly OrderEvent[]): readonly OrderEvent[] {
  return events.slice(0, events.findLastIndex(({ type }) => type === "TaskDispatched") + 1);
}

function rest(events: readonly OrderEvent[]): readonly OrderEvent[] {
  return events.slice(events.findLastIndex(({ type }) => type === "TaskDispatched") + 1);
}
