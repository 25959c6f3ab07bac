import { describe, expect, it } from "vitest";
import type { ScriptLine } from "../../../engine/simulate/script.ts";
import { simulate } from "../../../engine/simulate/simulate.ts";
import { itemOf, orderOf, START } from "../../support/order-of.ts";
import { edge, task } from "../../support/release-of.ts";
import { changeable } from "../change/change-kit.ts";

const visit = changeable({
  DEMO: {
    tasks: [
      task("reserve", "reserve", { with: { what: "ONT" } }),
      task("book", "book", edge({ type: "output", task: "reserve", with: { output: "reference" } })),
      task("visit", "visit", edge({ type: "output", task: "book", with: { output: "reference" } }), { pointOfNoReturn: "soft" }),
    ],
    milestones: [{ key: "visited", reachedBy: ["visit"] }],
  },
});
const order = orderOf([itemOf({ appointment: { slot: "monday", window: "am" } })]);
const run = (...script: readonly ScriptLine[]) => simulate(order, visit, script, START);

describe("O1 people in a simulation", () => {
  it("cancel at a time", async () => {
    const done = await run({ task: "1/book", does: "SUCCEED", after: "PT1H" }, { at: "PT30M", do: "CANCEL", reason: "changed my mind" });
    expect([done.order.state, done.effects]).toEqual(["CANCELLED", { "asked.book": 1, "asked.unbook": 1, "keyed.release": 1, "keyed.reserve": 1 }]);
    expect(done.order.changes).toMatchObject([{ reason: "changed my mind", requestedBy: "simulated-care-agent", requestedAt: "2026-11-02T10:30:00.000Z" }]);
  });

  it("cancel after something happened, and someone else agrees as soon as an approval waits", async () => {
    const done = await run({ task: "1/visit", does: "SUCCEED", after: "P1D" }, { after: "1/visit DISPATCHED", do: "CANCEL", reason: "r" }, { do: "APPROVE" });
    expect([done.order.state, done.order.approvals.map(({ decidedBy }) => decidedBy), done.effects["asked.call-back"]]).toEqual(["CANCELLED", ["simulated-approver"], 1]);
  });

  it("do not agree, and the order goes on", async () => {
    const done = await run({ task: "1/visit", does: "SUCCEED", after: "P1D" }, { after: "1/visit DISPATCHED", do: "CANCEL", reason: "r" }, { at: "PT2H", do: "REFUSE", reason: "too late" });
    expect([done.order.state, done.order.changes[0]?.state]).toEqual(["COMPLETED", "REFUSED"]);
  });

  it("call work back: in time it never was, too late it counts", async () => {
    const inTime = await run({ task: "1/visit", does: "SUCCEED", after: "P1D" }, { after: "1/visit DISPATCHED", do: "CANCEL", reason: "r" }, { do: "APPROVE" });
    expect([inTime.effects["asked.visit"], inTime.order.cases]).toEqual([0, []]);
    const late = await run({ task: "1/visit", does: "SUCCEED", after: "PT30S" }, { task: "1/withdraw.visit", does: "FAIL", code: "TOO_LATE", after: "PT40S" }, { after: "1/visit DISPATCHED", do: "CANCEL", reason: "r" }, { do: "APPROVE" });
    expect([late.effects["asked.visit"], late.order.state]).toEqual([1, "CANCELLED"]);
  });

  it("amend after a failure code: only what is named changes", async () => {
    const done = await run({ task: "1/visit", attempt: 1, does: "FAIL", code: "NO_ACCESS" }, { after: "1/visit NO_ACCESS", do: "AMEND", item: "1", set: { "appointment.slot": "tuesday" } });
    expect([done.order.state, done.order.items[0]?.appointment, done.effects["asked.rebook"]]).toEqual(["COMPLETED", { slot: "tuesday", window: "am" }, 1]);
  });

  it("hold and resume", async () => {
    const done = await run({ at: "PT0S", do: "HOLD", item: "1" }, { at: "P2D", do: "RESUME", item: "1" }, { task: "1/reserve", does: "SUCCEED", after: "PT1M" });
    expect([done.order.state, done.order.completedAt]).toEqual(["COMPLETED", "2026-11-04T10:00:00.000Z"]);
  });

  it("retry what failed", async () => {
    const done = await run({ task: "1/reserve", attempt: 1, does: "FAIL", code: "SEMANTIC" }, { at: "PT3H", do: "RETRY", task: "1/reserve" });
    expect([done.order.state, done.commands["keyed.reserve"]]).toEqual(["COMPLETED", 2]);
  });

  it("ask for repairs, which the authority matrix answers", async () => {
    const done = await run({ task: "1/reserve", attempt: 1, does: "FAIL", code: "SEMANTIC" }, { at: "PT3H", do: "REPAIR", repair: { action: "RETRY", taskId: "1/reserve", reason: "fixed" } });
    expect(done.rejections.map(({ input, rejection }) => [input.type, rejection.code])).toEqual([["RequestRepair", "forbidden-repair"]]);
  });

  it("are refused like everybody, and what they waited for in vain is told", async () => {
    const done = await run({ at: "P9D", do: "CANCEL", reason: "late" }, { after: "1/visit NO_ACCESS", do: "RESUME", item: "1" });
    expect(done.rejections.map(({ rejection }) => rejection.code)).toEqual(["invalid-transition"]);
    expect(done.undone).toEqual([{ after: "1/visit NO_ACCESS", do: "RESUME", item: "1" }]);
  });
});
