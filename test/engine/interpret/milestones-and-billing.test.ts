import { describe, expect, it } from "vitest";
import { given } from "../../support/given.ts";
import { itemOf, orderOf, START } from "../../support/order-of.ts";
import { after, edge, releaseOf, task, when, type Sketch } from "../../support/release-of.ts";

const waits = (milestone: string) => edge({ type: "milestone", milestone });
const event = (name: string, itemId: string | null = "1") => ({ type: "ExternalEventReceived", event: name, itemId, data: {} }) as const;

describe("A7 milestones", () => {
  it("order-accepted is reached when the plan starts, item-completed with the item", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a")] } }));
    expect(["order-accepted", "item-completed"].map((key) => scene.milestone(key))).toEqual(["REACHED", "OPEN"]);
    await scene.run("a");
    expect(scene.milestone("item-completed")).toBe("REACHED");
  });

  it("reachedBy: not applicable when all its tasks were skipped, missed when one failed", async () => {
    const no = when("item", "quantity", "greaterThan", 5);
    const skipped = await given(releaseOf({ DEMO: { tasks: [task("a", "keyed-work", { includeWhen: no }), task("b", "keyed-work", waits("m"))], milestones: [{ key: "m", reachedBy: ["a"] }] } }));
    expect(skipped.milestone("m")).toBe("NOT_APPLICABLE");
    expect(skipped.states("b")).toEqual(["READY"]);
    const half = await given(releaseOf({ DEMO: { tasks: [task("a", "keyed-work", { includeWhen: no }), task("b")], milestones: [{ key: "m", reachedBy: ["a", "b"] }] } }));
    await half.run("b");
    expect(half.milestone("m")).toBe("REACHED");
    const failed = await given(releaseOf({ DEMO: { tasks: [task("a", "keyed-work", { mandatory: false }), task("b", "keyed-work", waits("m"))], milestones: [{ key: "m", reachedBy: ["a"] }] } }));
    await failed.admit("a");
    await failed.fail("a", "SEMANTIC");
    expect(failed.milestone("m")).toBe("MISSED");
    expect(failed.states("b")).toEqual(["AWAITING_MANUAL_ACTION"]);
  });

  it("reachedAt: by the clock, on time", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("b", "keyed-work", waits("day"))], milestones: [{ key: "day", reachedAt: "=item.requestedDate" }] } }), orderOf([itemOf({ requestedDate: "2026-11-03T10:00:00.000Z" })]));
    expect(scene.timers.get("O1/1/day#due")).toBe("2026-11-03T10:00:00.000Z");
    await scene.pass("PT23H");
    expect(scene.milestone("day")).toBe("OPEN");
    await scene.pass("PT1H");
    expect(scene.milestone("day")).toBe("REACHED");
    expect(scene.states("b")).toEqual(["READY"]);
  });

  const outside = releaseOf({
    DEMO: {
      tasks: [task("b", "keyed-work", waits("paid")), task("c", "keyed-work", waits("signed"))],
      milestones: [{ key: "paid", reachedOn: "payment", expectedBy: "=date and time(order.acceptedAt) + duration(\"P1D\")" }, { key: "signed", reachedOn: "signature", expectedBy: "=date and time(order.acceptedAt) + duration(\"P1D\")" }],
    },
  });

  it("reachedOn: by a fact from outside; a repeat changes nothing; the expectation is dropped", async () => {
    const scene = await given(outside);
    await scene.when(event("payment"));
    expect(scene.milestone("paid")).toBe("REACHED");
    expect(scene.states("b", "c")).toEqual(["READY", "PENDING"]);
    expect([...scene.timers.keys()]).toEqual(["O1/1/signed#due"]);
    await scene.when(event("payment"));
    scene.thenNothing();
  });

  it("reachedOn: what does not come in time is a case, never a silent wait; and late is not never", async () => {
    const scene = await given(outside);
    await scene.pass("P2D");
    expect([scene.milestone("paid"), scene.milestone("signed")]).toEqual(["MISSED", "MISSED"]);
    expect(scene.openCases().map(({ reason }) => reason).sort()).toEqual([expect.stringContaining("paid"), expect.stringContaining("signed")]);
    expect(scene.states("b")).toEqual(["PENDING"]);
    await scene.when(event("signature"));
    expect(scene.milestone("signed")).toBe("REACHED");
    expect(scene.states("c")).toEqual(["READY"]);
    expect(scene.openCases()).toMatchObject([{ reasonCode: "MILESTONE_MISSED", reason: expect.stringContaining("paid") as string }]);
    await scene.when(event("payment", null));
    expect(scene.openCases()).toEqual([]);
    await scene.run("b", "c");
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("an event nobody waits for, or about an item the order does not have, is refused", async () => {
    const scene = await given(outside);
    (await scene.when(event("rain"))).thenRejected("event-not-expected");
    (await scene.when(event("payment", "9"))).thenRejected("item-not-found");
  });
});

const trigger = (key: string, more: object): Sketch => ({
  kind: "billing-trigger", key, milestone: "live", charges: when("charge", "type", "equal", "RECURRING"), taskType: "charge", effectiveFrom: "=milestone.reachedAt", blocksCompletion: true, escalateAfter: "PT4H", ...more,
});
const charge = (key: string, type = "RECURRING") => ({ key, type, amount: 10, currency: "EUR" });

describe("I2 billing", () => {
  const template = { tasks: [task("a"), task("b", "keyed-work", after("a"))], milestones: [{ key: "live", reachedBy: ["a"] }], billingTriggers: ["start"] };
  const release = releaseOf({ DEMO: template }, trigger("start", {}));
  const order = orderOf([itemOf({ charges: [charge("fee"), charge("extra"), charge("setup", "ONE_TIME")] })]);

  it("is one task per charge that the trigger names, waiting for its milestone", async () => {
    const scene = await given(release, order);
    expect(scene.states("bill.start.fee", "bill.start.extra")).toEqual(["PENDING", "PENDING"]);
    expect(() => scene.task("bill.start.setup")).toThrow();
    await scene.run("a");
    expect(scene.task("bill.start.fee")).toMatchObject({ state: "READY", request: { charge: charge("fee"), from: START }, inputs: { effectiveFrom: START } });
  });

  it("is handed over exactly once per charge, whatever comes twice", async () => {
    const scene = await given(release, order);
    await scene.run("a", "b", "bill.start.fee", "bill.start.extra");
    await scene.succeed("bill.start.fee", { reference: "R-bill.start.fee" }, { via: "callback" });
    scene.thenNothing();
    expect(scene.commands.filter((command) => command.type === "DispatchTask" && command.action === "charge")).toHaveLength(2);
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("has a key of order, item, charge and milestone alone, so that no other plan could ever charge again", async () => {
    const first = await given(release, order);
    await first.run("a", "bill.start.fee");
    const second = await given(releaseOf({ DEMO: { ...template, billingTriggers: ["other"] } }, trigger("other", {})), order);
    await second.run("a", "bill.other.fee");
    expect(second.sent("bill.other.fee")[0]?.idempotencyKey).toBe(first.sent("bill.start.fee")[0]?.idempotencyKey);
    await first.run("bill.start.extra");
    expect(first.sent("bill.start.extra")[0]?.idempotencyKey).not.toBe(first.sent("bill.start.fee")[0]?.idempotencyKey);
  });

  it("a charge that two triggers claim belongs to the first", async () => {
    const both = releaseOf({ DEMO: { ...template, billingTriggers: ["start", "all"] } }, trigger("start", {}), trigger("all", { charges: when("charge", "amount", "greaterThan", 0) }));
    const scene = await given(both, order);
    expect(scene.order.plan?.graph.tasks.map(({ key }) => key).filter((key) => key.startsWith("bill.")).sort()).toEqual(["bill.all.setup", "bill.start.extra", "bill.start.fee"]);
  });

  it("falls away when its milestone never applies", async () => {
    const none = releaseOf({ DEMO: { ...template, tasks: [task("a", "keyed-work", { includeWhen: when("item", "quantity", "greaterThan", 5) }), task("b")] } }, trigger("start", {}));
    const scene = await given(none, order);
    expect(scene.states("bill.start.fee")).toEqual(["SKIPPED_BY_POLICY"]);
    await scene.run("b");
    expect(scene.order.state).toBe("COMPLETED");
  });

  it("I4 holds up completion where the trigger says so, and not where it does not", async () => {
    const scene = await given(release, orderOf([itemOf({ charges: [charge("fee")] })]));
    await scene.run("a", "b");
    expect(scene.order.state).toBe("IN_PROGRESS");
    const loose = await given(releaseOf({ DEMO: template }, trigger("start", { blocksCompletion: false })), orderOf([itemOf({ charges: [charge("fee")] })]));
    await loose.run("a", "b");
    expect(loose.order.state).toBe("COMPLETED");
    await loose.run("bill.start.fee");
    expect(loose.order.plan?.state).toBe("COMPLETED");
  });

  it("I6 a rejected charge goes to a person and never withdraws the service, also where it does not block", async () => {
    for (const blocksCompletion of [true, false]) {
      const scene = await given(releaseOf({ DEMO: template }, trigger("start", { blocksCompletion })), orderOf([itemOf({ charges: [charge("fee")] })]));
      await scene.run("a", "b");
      await scene.admit("bill.start.fee");
      await scene.fail("bill.start.fee", "SEMANTIC");
      expect(scene.states("a", "b", "bill.start.fee")).toEqual(["SUCCEEDED", "SUCCEEDED", "AWAITING_MANUAL_ACTION"]);
      expect(scene.openCases()).toMatchObject([{ blocking: blocksCompletion }]);
      expect(scene.order.state).toBe(blocksCompletion ? "IN_PROGRESS" : "COMPLETED");
      await scene.person("bill.start.fee", "REPAIRED");
      await scene.run("bill.start.fee");
      expect(scene.openCases()).toEqual([]);
      expect(scene.order).toMatchObject({ state: "COMPLETED", plan: { state: "COMPLETED" } });
    }
  });

  it("22b 28 missing billing is escalated after the time the product names", async () => {
    const scene = await given(release, orderOf([itemOf({ charges: [charge("fee")] })]));
    await scene.run("a", "b");
    await scene.admit("bill.start.fee");
    await scene.report("bill.start.fee", { status: "accepted" });
    await scene.pass("PT4H");
    expect(scene.openCases().length).toBeGreaterThan(0);
  });
});

describe("C4 completion", () => {
  it("is never the last answer alone: the criteria of the template must hold too", async () => {
    const release = releaseOf({ DEMO: { tasks: [task("a")], milestones: [{ key: "ok", reachedOn: "accepted-by-customer", expectedBy: "=date and time(order.acceptedAt) + duration(\"P9D\")" }], completeWhen: when("milestones", "ok.outcome", "equal", "REACHED") } });
    const scene = await given(release);
    await scene.run("a");
    expect(scene.order).toMatchObject({ state: "IN_PROGRESS", items: [{ openMandatoryTasks: 0 }] });
    await scene.when(event("accepted-by-customer"));
    expect(scene.order).toMatchObject({ state: "COMPLETED", completedAt: START });
  });

  it("does not wait for optional work", async () => {
    const scene = await given(releaseOf({ DEMO: { tasks: [task("a"), task("extra", "keyed-work", { mandatory: false }, after("a"))] } }));
    await scene.run("a");
    expect(scene.order).toMatchObject({ state: "COMPLETED", plan: { state: "RUNNING" } });
    await scene.run("extra");
    expect(scene.order).toMatchObject({ state: "COMPLETED", plan: { state: "COMPLETED" } });
  });

  it("an open blocking case keeps an item open where the criteria say so", async () => {
    const release = releaseOf({ DEMO: { tasks: [task("a")], completeWhen: when("item", "openBlockingCases", "equal", 0) } });
    const scene = await given(release);
    await scene.admit("a");
    await scene.pass("PT10M");
    expect(scene.openCases()).toHaveLength(1);
    await scene.succeed("a");
    expect(scene.openCases()).toEqual([]);
    expect(scene.order.state).toBe("COMPLETED");
  });
});
