import { expect } from "vitest";
import { given, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, task, when, type Sketch } from "../../support/release-of.ts";
import { actions, changeable, done, isQuiet } from "./change-kit.ts";

const billing: Sketch = { kind: "billing-trigger", key: "start", milestone: "live", charges: when("charge", "type", "equal", "RECURRING"), taskType: "charge", effectiveFrom: "=milestone.reachedAt", blocksCompletion: true, escalateAfter: "PT4H" };

/** Reserve, book, visit (soft point of no return), activate (hard), bill. */
export const fiber = changeable(
  {
    DEMO: {
      tasks: [
        task("reserve", "reserve", { with: { what: "ONT" } }),
        task("book", "book", edge({ type: "output", task: "reserve", with: { output: "reference" } })),
        task("visit", "visit", edge({ type: "output", task: "book", with: { output: "reference" } }), { pointOfNoReturn: "soft" }),
        task("activate", "activate", after("visit"), { with: { speed: "=item.characteristics.speed" }, pointOfNoReturn: "hard" }),
      ],
      milestones: [{ key: "visited", reachedBy: ["visit"] }, { key: "live", reachedBy: ["activate"] }],
      billingTriggers: ["start"],
    },
  },
  billing,
);
export const order = orderOf([itemOf({ appointment: { slot: "monday" }, characteristics: { speed: "1G" }, charges: [{ key: "fee", type: "RECURRING" }] })]);
export const fresh = () => given(fiber, order);

/** Cancelled for good: nothing under way, everything reserved is released, nothing is billed. */
export function thenCancelled(scene: Scene): void {
  expect([scene.order.state, scene.order.items.map(({ state }) => state), scene.order.plan?.state ?? "CANCELLED"]).toEqual(["CANCELLED", ["CANCELLED"], "CANCELLED"]);
  expect(isQuiet(scene)).toBe(true);
  expect(scene.openCases()).toEqual([]);
  expect(done(scene, "release"), "released as often as reserved").toBe(done(scene, "reserve"));
  expect(done(scene, "unbook"), "unbooked as often as booked").toBe(done(scene, "book"));
  expect(actions(scene)).not.toContain("charge");
  expect(scene.order.changes.at(-1)).toMatchObject({ type: "CANCEL", state: "DONE", settledAt: scene.at });
}
