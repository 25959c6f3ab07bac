import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainOrder } from "../../../engine/explain/explain.ts";
import type { TaskReport } from "../../../engine/order/inputs.ts";
import { given, PERSON, type InputBody, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, releaseOf, task, when, type Sketch } from "../../support/release-of.ts";

const RUNS = Number(process.env["ORDERLOOM_PROPERTY_RUNS"] ?? 60);
const SEED = Number(process.env["ORDERLOOM_PROPERTY_SEED"] ?? 31415);

const visit: Sketch = {
  kind: "task-type", key: "visit", category: "FIELD", owner: "field", targetSystem: "blind", action: "visit", work: { by: "system", mode: "command" }, retry: "never", timeout: "tell", compensation: "none-needed-after-all",
  evidence: { type: "object", properties: { reference: { type: "string" } }, required: ["reference"] }, outputs: { reference: "=result.reference" },
  outcomes: [{ key: "NO_ACCESS", effect: "HOLD" }, { key: "IMPOSSIBLE", effect: "FAIL" }, { key: "LATER", effect: "RETRY" }], locks: [{ scope: "service-location", key: "=item.place.id" }],
};
const map: Sketch = {
  kind: "milestone-map", key: "kit", statusTable: "status", notifyWith: "message", milestones: [{ key: "live", title: "Live", notify: { en: "Live." } }],
  statuses: ["IN_PROGRESS", "DELAYED", "ACTION_REQUIRED", "CANNOT_PROCESS", "DONE"].map((key) => ({ key, title: { en: key }, notify: { en: key } })),
};
/** One of everything: each system, people, records, a window, a clock, an alternative, undoing, billing, messages, milestones. */
const release = releaseOf({
  DEMO: {
    deadline: "PT6H",
    tasks: [
      task("keyed", "keyed-work", { alternatives: [{ onCodes: ["SEMANTIC"], with: { label: "B" } }] }),
      task("asked", "asked-work", { window: "office" }, after("keyed")),
      task("visit", "visit", edge({ type: "output", task: "keyed", with: { output: "reference" } })),
      task("extra", "blind-work", { mandatory: false }, after("keyed")),
      task("question", "question", edge({ type: "success-or-waived-within", task: "visit", with: { hours: 3 } })),
      task("approve", "approval", edge({ type: "time", with: { at: "=date and time(order.acceptedAt) + duration(\"PT2H\")" } })),
      task("undo", "keyed-work", { mandatory: false }, edge({ type: "compensation", task: "asked" })),
      task("paid", "keyed-work", edge({ type: "milestone", milestone: "paid" }), edge({ type: "human", task: "approve", with: { accept: ["APPROVED"] } })),
      task("record", "record", after("asked", "question")),
    ],
    milestones: [{ key: "live", reachedBy: ["visit", "record"] }, { key: "paid", reachedOn: "payment", expectedBy: "=date and time(order.acceptedAt) + duration(\"PT5H\")" }],
    billingTriggers: ["start"],
    completeWhen: when("item", "openBlockingCases", "equal", 0),
  },
}, visit, map, { kind: "billing-trigger", key: "start", milestone: "live", charges: when("charge", "type", "equal", "RECURRING"), taskType: "charge", effectiveFrom: "=milestone.reachedAt", blocksCompletion: false, escalateAfter: "PT4H" });

const order = orderOf([itemOf({ id: "1", charges: [{ key: "fee", type: "RECURRING" }] }), itemOf({ id: "2" })]);

const effect = fc.constantFrom("NONE" as const, "POSSIBLE" as const, "PARTIAL" as const);
const code = fc.constantFrom("TRANSIENT", "SEMANTIC", "PERMANENT", "UNKNOWN", "DUPLICATE", "NO_ACCESS", "IMPOSSIBLE", "LATER", "TIMEOUT", "NOT_EXECUTED", "EVIDENCE_INCOMPLETE");
const report: fc.Arbitrary<TaskReport> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Json[]>({ reference: "R" }, { reference: "S" }, {}).map((result): TaskReport => ({ status: "succeeded", result: result as never })) },
  { weight: 4, arbitrary: fc.record({ code, effect, message: fc.constant("m"), httpStatus: fc.constantFrom(null, 500) }).map((failure): TaskReport => ({ status: "failed", failure })) },
  fc.constantFrom<TaskReport[]>({ status: "accepted" }, { status: "inProgress" }, { status: "notFound" }, { status: "unanswered", reason: "down" }),
);
type Json = { readonly reference?: string };

/** A step in terms of positions, so that any plan can take it. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ do: "admit" as const }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("report" as const), task: fc.nat({ max: 40 }), report, attempt: fc.constantFrom(null, 0, 0, -1, 1), via: fc.constantFrom("response" as const, "callback" as const, "query" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pass" as const), time: fc.constantFrom("PT1S", "PT30S", "PT2M", "PT1H", "PT5H", "P1D") }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("person" as const), task: fc.nat({ max: 40 }), outcome: fc.constantFrom("APPROVED", "REJECTED", "ASK_CUSTOMER", "AGAIN", "REPAIRED", "DONE_BY_HAND", "TOOK_EFFECT", "NO_EFFECT", "GIVE_UP") }) },
  fc.record({ do: fc.constant("retry" as const), task: fc.nat({ max: 40 }) }),
  fc.record({ do: fc.constant("resume" as const), item: fc.constantFrom("1", "2") }),
  fc.record({ do: fc.constant("event" as const), item: fc.constantFrom(null, "1", "2") }),
  fc.record({ do: fc.constant("timer" as const), task: fc.nat({ max: 40 }), purpose: fc.constantFrom("wake", "window", "timeout", "retry", "query", "deadline", "due") }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function take(scene: Scene, each: Step): Promise<void> {
  const { tasks } = scene.order;
  // Mostly work under way, where something can go wrong; now and then any task at all.
  const live = tasks.filter(({ finishedAt, readyAt }) => finishedAt === null && readyAt !== null);
  const at = (position: number) => (position < 34 && live.length > 0 ? live[position % live.length] : tasks[position % tasks.length]) as (typeof tasks)[number];
  const feed = async (body: InputBody) => void (await scene.when(body));
  switch (each.do) {
    case "admit":
      return void (await scene.admit());
    case "report": {
      const { id, attempts } = at(each.task);
      return feed({ type: "TaskReported", taskId: id, via: each.via, attempt: each.attempt === null ? null : Math.max(1, attempts + each.attempt), report: each.report });
    }
    case "pass":
      return void (await scene.pass(each.time));
    case "person":
      return feed({ type: "CompleteManualTask", taskId: at(each.task).id, outcome: each.outcome, form: { reason: "r" }, evidence: { reference: "P" }, actor: PERSON });
    case "retry":
      return feed({ type: "RetryTask", taskId: at(each.task).id, reason: "r", actor: PERSON });
    case "resume":
      return feed({ type: "ResumeItem", itemId: each.item, reason: "r", actor: PERSON });
    case "event":
      return feed({ type: "ExternalEventReceived", event: "payment", itemId: each.item, data: {} });
    case "timer":
      return feed({ type: "TimerFired", timerId: `${at(each.task).id}#${each.purpose}` });
  }
}

describe("any input at any time", () => {
  it("is applied, refused or ignored, never a defect; the journal stays the state, the timers stay the clocks", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const scene = await given(release, order);
        for (const each of steps) await take(scene, each);
        expect(explainOrder(scene.order, release).sentence).not.toBe("");
        expect(scene.order.plan?.openTasks).toBe(scene.order.tasks.filter(({ finishedAt }) => finishedAt === null).length);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  }, 240_000);

  it("a repeat of the very same report right after the first changes nothing that matters", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), report, fc.nat({ max: 40 }), async (steps, said, position) => {
        const scene = await given(release, order);
        for (const each of steps) await take(scene, each);
        const { id, attempts } = scene.order.tasks[position % scene.order.tasks.length] as { id: string; attempts: number };
        const body = { type: "TaskReported", taskId: id, via: "callback", attempt: attempts, report: said } as const;
        await scene.when(body);
        const { tasks, cases } = scene.order;
        await scene.when(body);
        expect(scene.order.tasks.map(({ id: taskId, state, attempts: made }) => [taskId, state, made])).toEqual(tasks.map(({ id: taskId, state, attempts: made }) => [taskId, state, made]));
        expect(scene.order.cases.length).toBe(cases.length);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  }, 240_000);
});
