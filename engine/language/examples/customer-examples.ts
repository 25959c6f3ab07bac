import { broken, copyOf, type CheckExample } from "./check-example.ts";
import { DECOMPOSITION, TEMPLATE, MAP } from "./files.ts";

/** Billing and what the customer sees. */
export const customerExamples: readonly CheckExample[] = [
  broken("billing-untied", "a trigger has no milestone", "billing-trigger/demo-start.json#", ["billing-trigger/demo-start.json", "/milestone", undefined]),
  broken("billing-untied", "a trigger waits for a milestone of another plan", `${TEMPLATE}#/billingTriggers/0`,
    copyOf(TEMPLATE, "demo-modify", { billingTriggers: [], milestones: [{ key: "service-activated", reachedBy: ["activate"] }, { key: "goods-dispatched", reachedBy: ["ship"] }] }),
    [DECOMPOSITION, "/rows/-", { id: "modify", offering: ["DEMO"], action: ["MODIFY"], planTemplate: "demo-modify" }],
    [MAP, "/milestones/-", { key: "goods-dispatched", title: "Shipped" }], ["billing-trigger/demo-start.json", "/milestone", "goods-dispatched"]),
  broken("unknown-milestone", "a trigger waits for a milestone that nothing reaches", "billing-trigger/demo-start.json#/milestone", ["billing-trigger/demo-start.json", "/milestone", "goods-dispatched"]),
  broken("billing-duplicate", "a trigger stands twice", `${TEMPLATE}#/billingTriggers/1`, [TEMPLATE, "/billingTriggers/-", "demo-start"]),
  broken("billing-duplicate", "two triggers hand over the same charges", `${TEMPLATE}#/billingTriggers/1`, copyOf("billing-trigger/demo-start.json", "demo-again", {}), [TEMPLATE, "/billingTriggers/-", "demo-again"]),
  broken("activation-without-billing", "nobody is billed", `${TEMPLATE}#/billingTriggers`, [TEMPLATE, "/billingTriggers", []], ["billing-trigger/demo-start.json", "", undefined], ["task-type/start-charge.json", "", undefined]),
  broken("internal-state-exposed", "a message names an internal state", `${MAP}#/milestones/1/notify/en`, [MAP, "/milestones/1/notify/en", "Your order is AWAITING_MANUAL_ACTION."]),
  broken("internal-state-exposed", "a message names an error code", `${MAP}#/milestones/1/notify/en`, [MAP, "/milestones/1/notify/en", '="We are sorry: BUSY, " + item.offering']),
  broken("notification-impossible", "nothing sends the messages", `${MAP}#`, [MAP, "/notifyWith", undefined], ["task-type/notify.json", "", undefined]),
  broken("milestone-unmapped", "customers never hear of a milestone", `${TEMPLATE}#/milestones/1/key`, [TEMPLATE, "/milestones/-", { key: "reserved", reachedBy: ["reserve"] }]),
  broken("milestone-never-reached", "customers would wait for a milestone", `${MAP}#/milestones/2/key`, [MAP, "/milestones/-", { key: "shipped", title: "Shipped" }]),
];
