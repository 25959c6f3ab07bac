import { describe, expect, it } from "vitest";
import type { Actor } from "../../../engine/order/inputs.ts";
import { given, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, task, type Sketch } from "../../support/release-of.ts";
import { refused, repairable, SENIOR } from "./repair-kit.ts";

const form = { type: "object", properties: { reason: { type: "string" } }, required: ["reason"] } as const;
const sign: Sketch = {
  kind: "manual-task", key: "approve", role: "care-lead", queue: "care", sla: { within: "PT4H", calendar: "office" }, action: "Decide.", form,
  outcomes: [
    { key: "APPROVED", effect: "SUCCEED" }, { key: "NEEDS_QUOTE", title: "Needs a quote", effect: "REQUOTE" }, { key: "NOT_THIS", title: "Not this item", effect: "CANCEL_ITEM" },
    { key: "NOTHING", title: "Cancel all", effect: "CANCEL_ORDER" },
  ],
  escalation: [{ after: "PT4H", to: "support-lead" }, { after: "PT8H", to: "head-of-care" }],
};
const release = repairable({ tasks: [task("ask", "approval"), task("go", "keyed-work", after("ask"))] }, sign);
const ann: Actor = { id: "ann", roles: ["care-lead"], regions: [] };
const ben: Actor = { id: "ben", roles: ["care-lead"], regions: [] };

async function asked(at?: string): Promise<Scene> {
  const scene = await given(release, orderOf([itemOf(), itemOf({ id: "2" })]), at);
  return scene.admit("ask");
}
const claim = (scene: Scene, actor: Actor) => scene.when({ type: "ClaimManualTask", taskId: scene.task("ask").id, actor });
const giveBack = (scene: Scene, actor: Actor) => scene.when({ type: "ReleaseManualTask", taskId: scene.task("ask").id, actor });
const complete = (scene: Scene, outcome: string, actor: Actor) => scene.when({ type: "CompleteManualTask", taskId: scene.task("ask").id, outcome, form: { reason: "because" }, evidence: null, actor });

describe("H1 claiming work", () => {
  it("the first of two wins; the other can neither claim, give back nor finish it", async () => {
    const scene = await asked();
    await claim(scene, ann);
    scene.thenEvents({ type: "ManualTaskClaimed", by: "ann" });
    for (const step of [claim, giveBack]) await refused(scene, "already-claimed", () => step(scene, ben));
    await refused(scene, "already-claimed", () => complete(scene, "APPROVED", ben));
    await complete(scene, "APPROVED", ann);
    expect(scene.states("ask")).toEqual(["SUCCEEDED"]);
  });

  it("what is given back is anybody's again; saying it twice changes nothing", async () => {
    const scene = await asked();
    await claim(scene, ann);
    await claim(scene, ann);
    scene.thenNothing();
    await giveBack(scene, ann);
    await giveBack(scene, ann);
    scene.thenNothing();
    await claim(scene, ben);
    expect(scene.task("ask")).toMatchObject({ manual: { claimedBy: "ben" } });
  });

  it("needs the role of the work", async () => {
    const scene = await asked();
    await refused(scene, "role-missing", () => claim(scene, { id: "max", roles: ["support"], regions: [] }));
  });

  it("is refused where no work of ours waits", async () => {
    const scene = await asked();
    await refused(scene, "task-not-found", () => scene.when({ type: "ClaimManualTask", taskId: "nobody", actor: ann }));
    await complete(scene, "NEEDS_QUOTE", ann);
    await refused(scene, "invalid-transition", () => claim(scene, ann));
    await refused(scene, "invalid-transition", () => scene.when({ type: "ClaimManualTask", taskId: scene.task("go").id, actor: ann }));
  });
});

describe("H1 escalation", () => {
  it("comes in working hours, step by step, and ends with the work", async () => {
    // Friday 16:00 in Berlin: one hour is left, the other three are Monday's.
    const scene = await asked("2026-11-06T15:00:00.000Z");
    expect(scene.timer("ask", "escalate")).toBe("2026-11-09T10:00:00.000Z");
    await scene.pass("PT68H");
    expect(scene.past("ManualTaskEscalated")).toMatchObject([{ to: "support-lead", level: 1, at: "2026-11-09T10:00:00.000Z", nextAt: "2026-11-09T15:00:00.000Z" }]);
    await scene.pass("P1D");
    expect(scene.task("ask")).toMatchObject({ manual: { escalations: [{ to: "support-lead", level: 1 }, { to: "head-of-care", level: 2, at: "2026-11-09T15:00:00.000Z" }] } });
    expect(scene.timer("ask", "escalate")).toBeUndefined();
  });

  it("lets those who were told take the work", async () => {
    const scene = await asked();
    const lead: Actor = { id: "lou", roles: ["support-lead"], regions: [] };
    await refused(scene, "role-missing", () => claim(scene, lead));
    await scene.pass("P1D");
    await claim(scene, lead);
    expect(scene.task("ask")).toMatchObject({ manual: { claimedBy: "lou" } });
  });

  it("is silent once the work is done", async () => {
    const scene = await asked();
    await complete(scene, "APPROVED", ann);
    expect(scene.timer("ask", "escalate")).toBeUndefined();
  });
});

describe("22a section 17 outcomes", () => {
  it("REQUOTE holds the item for the customer and says why", async () => {
    const scene = await asked();
    await complete(scene, "NEEDS_QUOTE", ann);
    expect(scene.task("ask")).toMatchObject({ state: "AWAITING_MANUAL_ACTION", manual: { cause: "HOLD" } });
    expect(scene.order.items[0]).toMatchObject({ state: "HELD", holdCause: "CUSTOMER_ACTION", holdReason: "A new quote is needed: Needs a quote: because" });
  });

  it("CANCEL_ITEM cancels the item, CANCEL_ORDER the order, by the change policy", async () => {
    const item = await asked();
    await complete(item, "NOT_THIS", ann);
    expect(item.order.items.map(({ state }) => state)).toEqual(["CANCELLED", "IN_PROGRESS"]);
    const order = await asked();
    await complete(order, "NOTHING", ann);
    expect(order.order).toMatchObject({ state: "CANCELLED", changes: [{ reason: "Cancel all: because", requestedBy: "ann" }] });
  });

  it("a cancellation the policy refuses is refused, and the work stays", async () => {
    const scene = await given(release, orderOf([itemOf({ characteristics: { color: "black" } })]));
    await scene.admit("ask");
    await refused(scene, "change-refused", () => complete(scene, "NOTHING", ann));
  });

  it("a form that corrects the request is that repair, by the matrix", async () => {
    const fixable = repairable({ tasks: [task("a", "reserve")] }, {
      kind: "manual-task", key: "repair", role: "support", action: "Repair.",
      form: { type: "object", properties: { reason: { type: "string" }, corrections: { type: "object" } }, required: ["reason"] }, outcomes: [{ key: "REPAIRED", effect: "RETRY" }],
    });
    const scene = await given(fixable);
    await scene.admit("a");
    await scene.fail("a", "SEMANTIC");
    const fix = (actor: Actor) => scene.when({ type: "CompleteManualTask", taskId: scene.task("a").id, outcome: "REPAIRED", form: { reason: "typo", corrections: { color: "blue" } }, evidence: { ticket: "T" }, actor });
    await refused(scene, "forbidden-repair", () => fix(ann));
    await fix(SENIOR);
    expect(scene.task("a")).toMatchObject({ state: "READY", requestRevision: 2, request: { color: "blue" } });
  });
});
