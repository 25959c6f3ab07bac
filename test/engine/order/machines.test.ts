import { describe, expect, it } from "vitest";
import { Defect } from "../../../engine/support/defect.ts";
import { evolve } from "../../../engine/order/evolve.ts";
import type { OrderEvent } from "../../../engine/order/events.ts";
import { CASE_MACHINE, ITEM_MACHINE, isInFlight, mayMove, ORDER_MACHINE, outcomeOf, PLAN_MACHINE, TASK_MACHINE, type TaskState } from "../../../engine/order/machines.ts";
import type { Order } from "../../../engine/order/order.ts";
import type { Task } from "../../../engine/order/task.ts";
import { deepFreeze } from "../../support/deep-freeze.ts";
import { given, submitted } from "../../support/given.ts";
import { releaseOf, task } from "../../support/release-of.ts";

const MACHINES = { order: ORDER_MACHINE, item: ITEM_MACHINE, plan: PLAN_MACHINE, task: TASK_MACHINE, case: CASE_MACHINE };
const release = releaseOf({ DEMO: { tasks: [task("a")] } });
const TASK_STATES = Object.keys(TASK_MACHINE) as TaskState[];
const AT = "2026-11-02T11:00:00.000Z";

describe.each(Object.entries(MACHINES))("C1 the %s machine", (_name, machine: { readonly [state: string]: readonly string[] }) => {
  const states = Object.keys(machine);

  it("names only its own states, each move once, and never the state itself", () => {
    for (const [from, to] of Object.entries(machine)) {
      expect(states).toEqual(expect.arrayContaining([...to]));
      expect(new Set(to).size).toBe(to.length);
      expect(to).not.toContain(from);
    }
  });

  it("reaches every state from its first and a final state from everywhere", () => {
    const reach = (from: string): Set<string> => {
      const seen = new Set([from]);
      for (const state of seen) for (const next of machine[state] ?? []) seen.add(next);
      return seen;
    };
    expect([...reach(states[0] ?? "")].sort()).toEqual([...states].sort());
    for (const state of states) expect([...reach(state)].some((end) => machine[end]?.length === 0)).toBe(true);
  });
});

describe("C3 what a task state means", () => {
  it("ends well as succeeded, skipped or waived; ends badly as failed final or cancelled; is open otherwise", () => {
    expect(TASK_STATES.filter((state) => outcomeOf(state) === "SUCCESS")).toEqual(["SUCCEEDED", "SKIPPED_BY_POLICY", "WAIVED_BY_AUTHORIZED_USER"]);
    expect(TASK_STATES.filter((state) => outcomeOf(state) === "FAILURE")).toEqual(["FAILED_FINAL", "CANCELLED"]);
  });

  it("is final exactly when no move leads out", () => {
    for (const state of TASK_STATES) expect(outcomeOf(state) !== "OPEN").toBe(TASK_MACHINE[state].length === 0);
  });

  it("has something in flight when dispatched, accepted or unknown", () => {
    expect(TASK_STATES.filter(isInFlight)).toEqual(["DISPATCHED", "WAITING", "OUTCOME_UNKNOWN"]);
  });
});

describe("22a 32.1 the published moves", () => {
  it.each([
    ["CREATED", "RUNNING", true], ["RUNNING", "COMPLETED", true], ["RUNNING", "BLOCKED", true], ["BLOCKED", "RUNNING", true],
    ["COMPLETED", "RUNNING", false], ["SUPERSEDED", "RUNNING", false], ["CANCELLED", "RUNNING", false], ["FAILED", "RUNNING", false],
  ] as const)("a plan may go from %s to %s: %s", (from, to, allowed) => expect(mayMove(PLAN_MACHINE, from, to)).toBe(allowed));

  it.each([
    ["READY", "DISPATCHED", true], ["DISPATCHED", "OUTCOME_UNKNOWN", true], ["OUTCOME_UNKNOWN", "SUCCEEDED", true],
    ["PENDING", "DISPATCHED", false], ["SUCCEEDED", "READY", false], ["WAITING", "DISPATCHED", false], ["CANCELLED", "SUCCEEDED", false],
    ["OUTCOME_UNKNOWN", "WAIVED_BY_AUTHORIZED_USER", false],
  ] as const)("a task may go from %s to %s: %s", (from, to, allowed) => expect(mayMove(TASK_MACHINE, from, to)).toBe(allowed));

  it("C8 a completed, rejected, failed or cancelled order never goes anywhere", () => {
    for (const end of ["COMPLETED", "REJECTED", "FAILED", "CANCELLED"] as const) expect(ORDER_MACHINE[end]).toEqual([]);
  });
});

describe("evolve, the only writer of state", () => {
  const move: { readonly [state in TaskState]?: (taskId: string) => OrderEvent } = {
    READY: (taskId) => ({ type: "TaskReady", at: AT, taskId, inputs: {}, request: {}, locks: [], timeoutAt: null }),
    DISPATCHED: (taskId) => ({ type: "TaskDispatched", at: AT, taskId, attempt: 1, commandId: "c", idempotencyKey: "k", timeoutAt: null, clockStarts: true }),
    WAITING: (taskId) => ({ type: "TaskAccepted", at: AT, taskId, attempt: 1 }),
    RETRY_SCHEDULED: (taskId) => ({ type: "TaskRetryScheduled", at: AT, taskId, retryAt: AT, attempt: 2, reason: "r" }),
    AWAITING_MANUAL_ACTION: (taskId) => ({ type: "TaskManualActionRequired", at: AT, taskId, manual: { cause: "FALLOUT", manualTask: null, queue: null, role: null, dueAt: null, claimedBy: null, escalations: [] }, escalateAt: null }),
    PENDING: (taskId) => ({ type: "TaskRetryRequested", at: AT, taskId, by: "ann", reason: "r" }),
    SUCCEEDED: (taskId) => ({ type: "TaskSucceeded", at: AT, taskId, attempt: 1, evidence: {}, outputs: {}, via: "response" }),
    SKIPPED_BY_POLICY: (taskId) => ({ type: "TaskSkipped", at: AT, taskId, reason: "r" }),
    FAILED_FINAL: (taskId) => ({ type: "TaskFailedFinally", at: AT, taskId, reason: "r" }),
    CANCELLED: (taskId) => ({ type: "TaskCancelled", at: AT, taskId, reason: "r" }),
  };

  function inState(order: Order, state: TaskState): Order {
    const base = order.tasks[0] as Task;
    return deepFreeze({ ...order, tasks: [{ ...base, state, since: AT, cause: "c", resend: false } as Task] });
  }

  it("C1 makes every move of the task table and refuses every other as a defect", async () => {
    const { order } = await given(release);
    const taskId = order.tasks[0]?.id ?? "";
    for (const from of TASK_STATES) {
      for (const [to, eventOf] of Object.entries(move) as [TaskState, (id: string) => OrderEvent][]) {
        // One person hands work to another: no move, so the table does not list it.
        if (from === "AWAITING_MANUAL_ACTION" && to === from) continue;
        const step = () => evolve(inState(order, from), eventOf(taskId)).tasks[0]?.state;
        if (mayMove(TASK_MACHINE, from, to)) expect(step(), `${from} to ${to}`).toBe(to);
        else expect(step, `${from} to ${to}`).toThrow(Defect);
      }
    }
  });

  it("refuses events that come out of turn: twice submitted, before submission, twice planned, unknown task", async () => {
    const scene = await given(release);
    const event = (type: string) => scene.journal.find((each) => each.type === type) as OrderEvent;
    expect(() => evolve(scene.order, event("OrderSubmitted"))).toThrow(Defect);
    expect(() => evolve(null, event("OrderValidationStarted"))).toThrow(Defect);
    expect(() => evolve(scene.order, event("PlanCreated"))).toThrow(Defect);
    expect(() => evolve(scene.order, event("PlanStarted"))).toThrow(Defect);
    expect(() => evolve(scene.order, { type: "TaskCancelled", at: AT, taskId: "nobody", reason: "r" })).toThrow(Defect);
    expect(() => evolve(scene.order, { type: "ItemCompleted", at: AT, itemId: "9" })).toThrow(Defect);
    expect(() => evolve(scene.order, { type: "MilestoneReached", at: AT, milestoneId: "9" })).toThrow(Defect);
    expect(() => evolve(scene.order, { type: "FalloutCaseClosed", at: AT, caseId: "9", resolution: "r" })).toThrow(Defect);
  });

  it("C8 is validated once, then planned, then in progress; the counts of versions never skip", async () => {
    const scene = await given(release);
    const types = scene.journal.map(({ type }) => type);
    expect(types.slice(0, 6)).toEqual(["OrderSubmitted", "OrderValidationStarted", "OrderReadyForFulfillment", "PlanCreated", "PlanStarted", "OrderFulfillmentStarted"]);
    expect(scene.order.aggregateVersion).toBe(scene.journal.length);
    await scene.when({ type: "FulfillOrder" });
    scene.thenNothing();
  });

  it("B8 pins the release at acceptance and refuses to run under another", async () => {
    const scene = await submitted(release);
    expect(scene.order.release).toEqual({ name: "test", digest: release.digest });
    const other = releaseOf({ DEMO: { tasks: [task("a"), task("b")] } });
    Object.assign(scene, { release: other });
    await scene.when({ type: "FulfillOrder" });
    scene.thenRejected("release-mismatch");
  });

  it("refuses a second submission of the same order", async () => {
    const scene = await submitted(release);
    const { items, ...accepted } = scene.order;
    await scene.when({ type: "SubmitOrder", order: { ...accepted, items }, correlationId: "c" });
    scene.thenRejected("order-exists");
  });
});
