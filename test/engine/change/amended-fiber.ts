import type { NewItem } from "../../../engine/order/order.ts";
import { given, type Scene } from "../../support/given.ts";
import { itemOf, orderOf } from "../../support/order-of.ts";
import { after, edge, task, when, type Sketch } from "../../support/release-of.ts";
import { changeable, changePolicy } from "./change-kit.ts";

/** A billing trigger for one charge of an item. */
export const bills = (key: string, milestone: string, charge: string): Sketch => ({
  kind: "billing-trigger", key, milestone, charges: when("charge", "key", "equal", charge), taskType: "charge", effectiveFrom: "=milestone.reachedAt", blocksCompletion: true, escalateAfter: "PT4H",
});

export const output = (source: string) => edge({ type: "output", task: source, with: { output: "reference" } });

/** Reserve, router if wanted, book, visit (soft), activate (hard); the router is billed when it is reserved. */
export const fiber = changeable(
  {
    DEMO: {
      tasks: [
        task("reserve", "reserve", { with: { what: "ONT" } }),
        task("router", "reserve", { with: { what: "ROUTER" }, includeWhen: when("item", "characteristics.router", "equal", true) }),
        task("book", "book", output("reserve"), after("router")),
        task("visit", "visit", output("book"), { pointOfNoReturn: "soft" }),
        task("activate", "activate", after("visit"), { with: { speed: "=item.characteristics.speed" }, pointOfNoReturn: "hard" }),
      ],
      milestones: [{ key: "visited", reachedBy: ["visit"] }, { key: "routed", reachedBy: ["router"] }, { key: "live", reachedBy: ["activate"] }],
      billingTriggers: ["start", "hardware"],
    },
  },
  bills("start", "live", "fee"), bills("hardware", "routed", "box"), changePolicy("change", { requalify: ["place"] }),
);

export const fee = { key: "fee", amount: 10 };

export const item = (more: Partial<NewItem> = {}) =>
  itemOf({ appointment: { slot: "monday" }, characteristics: { speed: "1G", router: false }, charges: [fee], qualification: { id: "Q1" }, ...more });

export const fresh = (more: Partial<NewItem> = {}) => given(fiber, orderOf([item(more)]));

export const tuesday = { "1": { appointment: { slot: "tuesday" } } };

/** What was sent with an action, in the order of sending. */
export const requests = (scene: Scene, action: string) => scene.commands.flatMap((command) => (command.type === "DispatchTask" && command.action === action ? [command.request] : []));
