import { createHash } from "node:crypto";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import type { History } from "../history.ts";
import { fake, historyOf, LATER, orderWith, planOf, plannedTask, sent, type EventSketch } from "./history-of.ts";
import { prefixHash } from "./i-23-append-only.ts";

/** The smallest history that breaks an invariant, and one beside it that does not. */
export interface Sample {
  readonly invariant: string;
  readonly clause: string;
  readonly bad: History;
  readonly good: History;
}

const release = (more: object = {}): CompiledRelease => ({ digest: "r1", name: "r", definitions: [], planTemplates: new Map(), taskTypes: new Map(), ...more }) as unknown as CompiledRelease;
const type = (more: object = {}) => ({
  definition: { key: "work", work: { by: "system", mode: "command" }, irreversible: false, evidence: {} }, retry: { definition: { maxAttempts: 2 } }, compensation: () => ({ compensatable: true }),
  targetSystem: { definition: { key: "s1", effects: { class: "queryable" }, limits: { concurrency: 1 } } }, ...more,
});
const releases = (more: object = {}) => new Map([["r1", release({ taskTypes: new Map([["work", type(more)]]) })]]);
const order = (more: object = {}) => orderWith({ state: "COMPLETED", ...more });
const submitted: EventSketch = { type: "OrderSubmitted", order: { id: "o1", items: [{ id: "1" }] }, release: { name: "r", digest: "r1" }, correlationId: "c" };
const t1 = plannedTask("o1/p1/1/a");
const t2 = plannedTask("o1/p1/1/b");
const plan = planOf(t1, t2);
const done = (taskId: string, reference = "R1"): EventSketch => ({ type: "TaskSucceeded", taskId, attempt: 1, evidence: { reference }, outputs: {}, via: "response" });
const row = (more: object = {}) => ({ id: "o1/p1/1/a/do/1", orderId: "o1", taskId: t1.id, kind: "dispatch", targetSystem: "s1", idempotencyKey: "k", status: "settled", attempt: 1, ...more });
const key = (...parts: readonly unknown[]) => createHash("sha256").update(JSON.stringify(parts)).digest("hex");
const story = (...events: readonly EventSketch[]) => historyOf({ releases: releases(), orders: [order()], entries: [{ events: [submitted, plan, { type: "PlanStarted" }, ...events] }] });
const cancelled = (more: object = {}) => order({ state: "CANCELLED", items: [{ id: "1", state: "CANCELLED" }], ...more });
const undone = { id: "o1/undo/1", originalTaskId: t1.id, taskId: "o1/p2/1/undo.a", itemId: "1", state: "COMPENSATED" };
const bill = plannedTask("o1/p1/1/bill.b.fee", { key: "bill.b.fee", source: { by: "billing-trigger", template: "t", trigger: 0, charge: { key: "fee" }, milestoneId: "1/live" } });
const again = { ...bill, id: "o1/p2/1/bill.b.fee" };
const billedAgain: readonly EventSketch[] = [
  submitted, planOf(bill, again), sent(bill.id, { commandId: `${bill.id}/charge/1` }), { type: "CompensationRequested", compensation: { ...undone, originalTaskId: bill.id } },
  { type: "CompensationSettled", compensationId: undone.id, succeeded: true }, sent(again.id, { commandId: `${again.id}/charge/1` }),
];
const billing = new Map([["r1", release({ taskTypes: new Map([["work", type()]]), planTemplates: new Map([["t", { billingTriggers: [{ definition: { milestone: "live" } }], tasks: [{ edges: [{ definition: { type: "success" } }] }], definition: { tasks: [{}] } }]]) })]]);
const repaired = (more: object = {}, approvalId: string | null = null): EventSketch => ({
  type: "RepairApplied", by: "ann", authority: { table: "a", version: 1, row: "r" }, before: { a: 1 }, after: { a: 2 }, approvalId,
  repair: { action: "WAIVE", taskId: t1.id, itemId: null, reason: "why", evidence: "how", customerImpact: "LOW", financialImpact: "LOW", amount: null, values: {}, ...more },
});
const twiceAsked = (...messages: readonly string[]) => historyOf({
  entries: messages.map((_, n) => ({ causationId: `in-${n}`, events: [submitted] })),
  people: messages.map((messageId, n) => ({ at: LATER, orderId: "o1", input: "RetryTask", messageId, inputId: `in-${n}`, by: "ann", outcome: "no-answer" })),
});
const lost: EventSketch = { type: "TaskOutcomeBecameUnknown", taskId: t1.id, cause: "silence", queryAt: null, resendAt: null };
const told: EventSketch = { type: "FalloutCaseOpened", case: { id: "c1", taskId: t1.id, queue: "unknowns" } };
const cycle = { orders: [order()], entries: [{ events: [submitted, plan] }] };

export const SAMPLES: readonly Sample[] = [
  { invariant: "I-00", clause: "an input in quarantine", bad: historyOf({ defects: [{ orderId: "o1", inputId: "in-1", error: "boom" }] }), good: historyOf({}) },
  { invariant: "I-01", clause: "two effects of one task", bad: historyOf({ fakes: [fake("effect", "a"), fake("effect", "a")] }), good: historyOf({ fakes: [fake("effect", "a"), fake("effect", "b"), fake("effect", "a", { by: "hand" })] }) },
  { invariant: "I-02", clause: "two keys of one task", bad: historyOf({ fakes: [fake("request", "a"), fake("request", "a", { key: "other" })] }), good: historyOf({ fakes: [fake("request", "a"), fake("request", "a")] }) },
  { invariant: "I-02", clause: "one key of two tasks", bad: historyOf({ fakes: [fake("request", "a"), fake("request", "b")] }), good: historyOf({ fakes: [fake("request", "a"), fake("request", "b", { key: "other" })] }) },
  {
    invariant: "I-03", clause: "a key of other parts",
    bad: historyOf({ ...cycle, entries: [{ events: [submitted, plan, sent(t1.id)] }], fakes: [fake("request", t1.id, { key: key("o1", 1, "o1/p2", t1.id, "do", 1, "s1") })] }),
    good: historyOf({ ...cycle, entries: [{ events: [submitted, plan, sent(t1.id)] }], fakes: [fake("request", t1.id, { key: key("o1", 1, "o1/p1", t1.id, "do", 1, "s1") })] }),
  },
  {
    invariant: "I-03", clause: "a charge that was taken back and is agreed again under its old key",
    bad: historyOf({ orders: [order()], entries: [{ events: billedAgain }], fakes: [fake("request", again.id, { action: "charge", commandId: `${again.id}/charge/1`, key: key("o1", "1", { key: "fee" }, "1/live") })] }),
    good: historyOf({ orders: [order()], entries: [{ events: billedAgain }], fakes: [fake("request", again.id, { action: "charge", commandId: `${again.id}/charge/1`, key: key("o1", "1", { key: "fee" }, "1/live", 1) })] }),
  },
  { invariant: "I-04", clause: "sent by a plan that is over", bad: story({ type: "PlanCompleted" }, sent(t1.id)), good: story(sent(t1.id)) },
  {
    invariant: "I-05", clause: "a plan that supersedes one that is not active",
    bad: historyOf({ orders: [order({ plan: { id: "o1/p3", graph: { tasks: [] } } })], entries: [{ events: [plan, { type: "PlanSuperseded", planId: "o1/p3", number: 3, supersedes: "o1/p2", graph: { tasks: [], milestones: [] } }] }] }),
    good: historyOf({ orders: [order({ plan: { id: "o1/p2", graph: { tasks: [] } } })], entries: [{ events: [plan, { type: "PlanSuperseded", planId: "o1/p2", number: 2, supersedes: "o1/p1", graph: { tasks: [], milestones: [] } }] }] }),
  },
  {
    invariant: "I-06", clause: "sent under a hold",
    bad: story({ type: "TaskReady", taskId: t1.id, locks: [] }, { type: "ItemHeld", itemId: "1", cause: "DELIBERATE" }, sent(t1.id)),
    good: story({ type: "TaskReady", taskId: t1.id, locks: [] }, { type: "ItemHeld", itemId: "1", cause: "DELIBERATE" }, { type: "ItemResumed", itemId: "1" }, sent(t1.id)),
  },
  {
    invariant: "I-06", clause: "ready under a hold",
    bad: story({ type: "ItemCancellationAssessed", itemId: "1" }, { type: "TaskReady", taskId: t1.id, locks: [] }),
    good: story({ type: "TaskReady", taskId: t1.id, locks: [] }, { type: "ItemCancellationAssessed", itemId: "1" }),
  },
  {
    invariant: "I-08", clause: "a timeout that became a failure",
    bad: story(sent(t1.id), { type: "TaskFailedFinally", taskId: t1.id, reason: "timeout" }),
    good: story(sent(t1.id), { type: "TaskReconciled", taskId: t1.id, found: "notFound" }, { type: "TaskFailedFinally", taskId: t1.id, reason: "never ran" }),
  },
  {
    invariant: "I-08", clause: "sent again without having asked",
    bad: story(sent(t1.id), { type: "TaskOutcomeBecameUnknown", taskId: t1.id, cause: "silence", queryAt: null, resendAt: null }, sent(t1.id, { attempt: 2, commandId: `${t1.id}/do/2` })),
    good: story(sent(t1.id), { type: "TaskReconciled", taskId: t1.id, found: "notFound" }, sent(t1.id, { attempt: 2, commandId: `${t1.id}/do/2` })),
  },
  { invariant: "I-09", clause: "a version written twice", bad: historyOf({ entries: [{ events: [submitted] }, { firstVersion: 1, events: [plan] }] }), good: historyOf({ entries: [{ events: [submitted] }, { events: [plan] }] }) },
  { invariant: "I-10", clause: "a final state that is left", bad: story(done(t1.id), { type: "TaskReady", taskId: t1.id, locks: [] }), good: historyOf({ entries: [{ events: [submitted, { type: "OrderValidationStarted" }] }] }) },
  {
    invariant: "I-11", clause: "another state than the journal's",
    bad: historyOf({ orders: [order()], entries: [{ events: [submitted] }] }), good: historyOf({}),
  },
  { invariant: "I-12", clause: "two answers to one question", bad: historyOf({ unlike: [{ orderId: "o1", inputId: "in-1", difference: "1 <> 2" }] }), good: historyOf({}) },
  { invariant: "I-13", clause: "one message applied twice", bad: historyOf({ entries: [{ causationId: "m", events: [submitted] }, { causationId: "m", events: [plan] }] }), good: historyOf({ entries: [{ causationId: "m", events: [submitted] }, { causationId: "n", events: [plan] }] }) },
  { invariant: "I-13", clause: "one request applied as two inputs", bad: twiceAsked("m", "m"), good: twiceAsked("m", "n") },
  {
    invariant: "I-14", clause: "a message that was taken and is nowhere",
    bad: historyOf({ callbacks: [{ source: "s1", messageId: "m-1", body: {}, outcome: "applied" }] }),
    good: historyOf({ callbacks: [{ source: "s1", messageId: "m-1", body: {}, outcome: "kept" }], dump: { unmatched: [{ source: "s1", messageId: "m-1", reason: "command-unknown" }] } }),
  },
  {
    invariant: "I-14", clause: "a message given to another order",
    bad: historyOf({ fakes: [fake("request", "a")], callbacks: [{ source: "s1", messageId: "m-1", body: { idempotencyKey: "k" }, outcome: "applied" }], dump: { inbox: [{ source: "s1", messageId: "m-1", orderId: "o2", inputId: "i", status: "applied", error: null }] } }),
    good: historyOf({ fakes: [fake("request", "a")], callbacks: [{ source: "s1", messageId: "m-1", body: { idempotencyKey: "k" }, outcome: "applied" }], dump: { inbox: [{ source: "s1", messageId: "m-1", orderId: "o1", inputId: "i", status: "applied", error: null }] } }),
  },
  { invariant: "I-15", clause: "a command nobody settled", bad: historyOf({ dump: { outbox: [row({ status: "leased" })] } }), good: historyOf({ attempted: new Set([row().id]), reported: new Set([row().id]), dump: { outbox: [row()] } }) },
  { invariant: "I-15", clause: "settled without having been sent", bad: historyOf({ reported: new Set([row().id]), dump: { outbox: [row()] } }), good: historyOf({ attempted: new Set([row().id]), reported: new Set([row().id]), dump: { outbox: [row()] } }) },
  { invariant: "I-17", clause: "sent without having been committed", bad: historyOf({ fakes: [fake("request", t1.id)] }), good: historyOf({ ...cycle, entries: [{ events: [submitted, plan, sent(t1.id)] }], fakes: [fake("request", t1.id)] }) },
  {
    invariant: "I-18", clause: "billed before the milestone",
    bad: historyOf({ releases: billing, orders: [order()], entries: [{ events: [submitted, planOf(bill), sent(bill.id)] }] }),
    good: historyOf({ releases: billing, orders: [order()], entries: [{ events: [submitted, planOf(bill), { type: "MilestoneReached", milestoneId: "1/live" }, sent(bill.id)] }] }),
  },
  {
    invariant: "I-18", clause: "billed by two tasks",
    bad: historyOf({ orders: [order()], entries: [{ events: [submitted, planOf(bill, { ...bill, id: "o1/p2/1/bill.b.fee" })] }], fakes: [fake("effect", bill.id, { action: "charge" }), fake("effect", "o1/p2/1/bill.b.fee", { action: "charge" })] }),
    good: historyOf({ orders: [order()], entries: [{ events: [submitted, planOf(bill)] }], fakes: [fake("effect", bill.id, { action: "charge" })] }),
  },
  {
    invariant: "I-19", clause: "delivered and not billed",
    bad: historyOf({ orders: [order({ items: [{ id: "1", state: "COMPLETED" }] })], entries: [{ events: [submitted, planOf(bill), { type: "MilestoneReached", milestoneId: "1/live" }] }] }),
    good: historyOf({ orders: [order({ items: [{ id: "1", state: "COMPLETED" }] })], entries: [{ events: [submitted, planOf(bill), { type: "MilestoneReached", milestoneId: "1/live" }] }], fakes: [fake("effect", bill.id)] }),
  },
  {
    invariant: "I-20", clause: "a cancelled item's charge kept",
    bad: historyOf({ releases: releases(), orders: [cancelled()], entries: [{ events: [submitted, planOf(bill)] }], fakes: [fake("effect", bill.id)] }),
    good: historyOf({ releases: releases(), orders: [cancelled({ compensations: [{ ...undone, originalTaskId: bill.id, state: "REFUSED" }] })], entries: [{ events: [submitted, planOf(bill)] }], fakes: [fake("effect", bill.id)] }),
  },
  {
    invariant: "I-21", clause: "a cancelled item's reservation kept",
    bad: historyOf({ releases: releases(), orders: [cancelled()], entries: [{ events: [submitted, plan] }], fakes: [fake("effect", t1.id)] }),
    good: historyOf({ releases: releases(), orders: [cancelled({ compensations: [undone] })], entries: [{ events: [submitted, plan] }], fakes: [fake("effect", t1.id), fake("effect", undone.taskId)] }),
  },
  {
    invariant: "I-22", clause: "undoing what was not done",
    bad: historyOf({ orders: [order()], entries: [{ events: [submitted, plan, { type: "CompensationRequested", compensation: undone }] }] }),
    good: historyOf({ orders: [order()], entries: [{ events: [submitted, plan, done(t1.id), { type: "CompensationRequested", compensation: undone }] }] }),
  },
  { invariant: "I-22", clause: "undone twice", bad: historyOf({ orders: [order({ compensations: [undone, { ...undone, id: "o1/undo/2" }] })] }), good: historyOf({ orders: [order({ compensations: [undone, { ...undone, id: "o1/undo/2", state: "FAILED", taskId: "other" }] })] }) },
  {
    invariant: "I-23", clause: "an event rewritten",
    bad: historyOf({ ...cycle, prefixes: [{ orderId: "o1", version: 1, hash: prefixHash([{ at: LATER, ...submitted }]) }] }),
    good: historyOf({ ...cycle, prefixes: [{ orderId: "o1", version: 1, hash: prefixHash([{ at: "2026-11-02T10:00:00.000Z", ...submitted }]) }] }),
  },
  {
    invariant: "I-24", clause: "finished work made into other work",
    bad: historyOf({ orders: [order({ plan: { id: "o1/p2", graph: { tasks: [t1, t2] } } })], entries: [{ events: [submitted, plan, done(t1.id), { type: "PlanSuperseded", planId: "o1/p2", number: 2, supersedes: "o1/p1", graph: { tasks: [{ ...t1, type: "other" }, t2], milestones: [] } }] }] }),
    good: historyOf({ orders: [order({ plan: { id: "o1/p2", graph: { tasks: [t1, t2] } } })], entries: [{ events: [submitted, plan, done(t1.id), { type: "PlanSuperseded", planId: "o1/p2", number: 2, supersedes: "o1/p1", graph: { tasks: [t1, { ...t2, type: "other" }], milestones: [] } }] }] }),
  },
  { invariant: "I-25", clause: "decided under another release", bad: historyOf({ orders: [order()], entries: [{ events: [submitted] }, { releaseDigest: "r2", events: [plan] }] }), good: historyOf({ orders: [order()], entries: [{ events: [submitted] }, { events: [plan] }] }) },
  { invariant: "I-26", clause: "a release changed", bad: historyOf({ releases: releases(), dump: { releases: [{ digest: "r1", definitions: [1] }] } }), good: historyOf({ releases: releases(), dump: { releases: [{ digest: "r1", definitions: [] }] } }) },
  {
    invariant: "I-27", clause: "ready before its dependency held",
    bad: historyOf({ releases: billing, orders: [order()], entries: [{ events: [submitted, planOf(t1, { ...t2, edges: [{ edge: 0, on: { task: t1.id }, with: {} }] }), { type: "TaskReady", taskId: t2.id, locks: [] }] }] }),
    good: historyOf({ releases: billing, orders: [order()], entries: [{ events: [submitted, planOf(t1, { ...t2, edges: [{ edge: 0, on: { task: t1.id }, with: {} }] }), done(t1.id), { type: "TaskReady", taskId: t2.id, locks: [] }] }] }),
  },
  { invariant: "I-28", clause: "out of order", bad: historyOf({ orders: [order()], entries: [{ events: [submitted, plan] }, { causationId: "admission/o1#2", events: [sent(t2.id), sent(t1.id)] }] }), good: historyOf({ orders: [order()], entries: [{ events: [submitted, plan] }, { causationId: "admission/o1#2", events: [sent(t1.id), sent(t2.id)] }] }) },
  { invariant: "I-29", clause: "done without proof", bad: story(sent(t1.id), done(t1.id)), good: historyOf({ ...story(sent(t1.id), done(t1.id)), fakes: [fake("effect", t1.id)] }) },
  { invariant: "I-29", clause: "complete with work left", bad: story({ type: "ItemCompleted", itemId: "1" }), good: historyOf({ ...story(done(t1.id), done(t2.id), { type: "ItemCompleted", itemId: "1" }), fakes: [fake("effect", t1.id)] }) },
  { invariant: "I-30", clause: "a repair without a reason", bad: story(repaired({ reason: " " })), good: story(repaired()) },
  { invariant: "I-30", clause: "a waiver without evidence", bad: story(repaired({ evidence: null })), good: story(repaired({ action: "RETRY", evidence: null })) },
  {
    invariant: "I-31", clause: "one's own request decided",
    bad: historyOf({ orders: [order()], entries: [{ events: [{ type: "ApprovalRequested", approval: { id: "p", requestedBy: "ann", role: "x" } }, { type: "ApprovalGiven", approvalId: "p", by: "ann", reason: "" }] }] }),
    good: historyOf({ orders: [order()], entries: [{ events: [{ type: "ApprovalRequested", approval: { id: "p", requestedBy: "ann", role: "x" } }, { type: "ApprovalGiven", approvalId: "p", by: "bob", reason: "" }] }] }),
  },
  {
    invariant: "I-32", clause: "a charge waived on nobody's word",
    bad: historyOf({ orders: [order()], entries: [{ events: [submitted, planOf(bill), repaired({ taskId: bill.id })] }] }),
    good: historyOf({ orders: [order()], entries: [{ events: [submitted, planOf(bill), { type: "ApprovalGiven", approvalId: "p", by: "bob", reason: "" }, repaired({ taskId: bill.id }, "p")] }] }),
  },
  {
    invariant: "I-33", clause: "two answers to one key",
    bad: historyOf({ client: ["o1", "o2"].map((orderId) => ({ at: LATER, intent: "X", key: "k", wanted: orderWith({}), releaseDigest: "r1", answer: { status: "accepted", orderId } })) }),
    good: historyOf({ client: ["o1", "o1"].map((orderId) => ({ at: LATER, intent: "X", key: "k", wanted: orderWith({}), releaseDigest: "r1", answer: { status: "accepted", orderId } })) }),
  },
  { invariant: "I-34", clause: "two orders of one intent", bad: historyOf({ orders: [{ id: "o1", externalId: "X" }, { id: "o2", externalId: "X" }] }), good: historyOf({ orders: [{ id: "o1", externalId: "X" }, { id: "o2", externalId: "Y" }] }) },
  { invariant: "I-35", clause: "more attempts than allowed", bad: story(sent(t1.id, { attempt: 3 })), good: story({ type: "TaskRetryRequested", taskId: t1.id, by: "ann", reason: "again" }, sent(t1.id, { attempt: 3 })) },
  { invariant: "I-36", clause: "handed over days later", bad: story(lost, { ...told, at: "2026-11-05T10:00:00.000Z" }), good: story(lost, told) },
  {
    invariant: "I-36", clause: "an unknown that is nobody's",
    bad: historyOf({ orders: [order({ tasks: [{ id: "a", state: "OUTCOME_UNKNOWN", since: LATER }] })] }),
    good: historyOf({ orders: [order({ tasks: [{ id: "a", state: "OUTCOME_UNKNOWN", since: LATER }], cases: [{ state: "OPEN", taskId: "a", queue: "unknowns" }] })] }),
  },
  { invariant: "I-37", clause: "more at a time than the limit", bad: story(sent(t1.id), sent(t2.id)), good: story(sent(t1.id), done(t1.id), sent(t2.id)) },
  {
    invariant: "I-38", clause: "two holders of one lock",
    bad: story(...[t1, t2].flatMap(({ id }): EventSketch[] => [{ type: "TaskReady", taskId: id, locks: [{ scope: "asset", key: "A" }] }, sent(id)])),
    good: story(...[t1, t2].flatMap(({ id }): EventSketch[] => [{ type: "TaskReady", taskId: id, locks: [{ scope: "asset", key: "A" }] }, sent(id), done(id)])),
  },
  { invariant: "I-38", clause: "a lock kept by nobody", bad: historyOf({ dump: { locks: [{ name: "asset|A", orderId: "o1", taskId: "a" }] } }), good: historyOf({ orders: [{ tasks: [{ id: "a", locked: true, locks: [{ scope: "asset", key: "A" }], timers: {} }] }], dump: { locks: [{ name: "asset|A", orderId: "o1", taskId: "a" }] } }) },
  { invariant: "I-39", clause: "fired early", bad: historyOf({ entries: [{ causationId: `timer/a#retry@${LATER}`, events: [submitted] }] }), good: historyOf({ entries: [{ causationId: "timer/a#retry@2026-11-02T09:59:59.999Z", events: [submitted] }] }) },
  { invariant: "I-39", clause: "a dead timer kept", bad: historyOf({ dump: { timers: [{ timerId: "a#retry", orderId: "o1", dueAt: "2026-12-01T00:00:00.000Z" }] } }), good: historyOf({ orders: [{ tasks: [{ id: "a", timers: { retry: "2026-12-01T00:00:00.000Z" } }] }], dump: { timers: [{ timerId: "a#retry", orderId: "o1", dueAt: "2026-12-01T00:00:00.000Z" }] } }) },
  { invariant: "I-40", clause: "open for ever and nobody's", bad: historyOf({ orders: [{ state: "IN_PROGRESS" }] }), good: historyOf({ orders: [{ state: "COMPLETED" }, { id: "o2", state: "IN_PROGRESS", cases: [{ state: "OPEN", queue: "support", blocking: true, taskId: "a" }] }] }) },
];
