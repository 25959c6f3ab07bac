import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runMain } from "../cli/run-cli.ts";

interface Ending {
  readonly order: string;
  readonly script: string;
  /** Where the order ends. */
  readonly state: string;
  /** `system.action` -> effects that took place. */
  readonly effects?: { readonly [name: string]: number };
  /** Lines of the timeline that must be there. */
  readonly says?: readonly string[];
}

const ALL_UNDONE = { "resource-inventory.release": 2, "service-order.cancel": 1, "workforce.cancel-appointment": 1 };

/** The seeds' practice scenarios, each with what it must come to. */
const ENDINGS: readonly Ending[] = [
  { order: "home-fiber", script: "activation-answer-lost", state: "COMPLETED", effects: { "activation.configure": 1 }, says: ["reconciled: it took effect"] },
  { order: "home-fiber", script: "activation-never-arrived", state: "COMPLETED", effects: { "activation.configure": 1 }, says: ["reconciled: it never took effect"] },
  { order: "home-fiber", script: "appointment-moved", state: "COMPLETED", effects: { "workforce.reschedule-appointment": 1, "workforce.perform-work": 1, "workforce.book-appointment": 1 }, says: ["Amendment requested"] },
  { order: "home-fiber", script: "billing-rejects", state: "IN_PROGRESS", effects: { "activation.configure": 1 }, says: ["The billing account is closed."] },
  { order: "home-fiber", script: "billing-waived", state: "COMPLETED", effects: { "billing.start-charge": 1 }, says: ["Waits for the agreement of finance-approver", "waived by simulated-finance-operations"] },
  { order: "home-fiber", script: "cancel-after-activation", state: "COMPLETED", says: ["Cancellation refused: The service is being activated: order a disconnection instead. (change-refused; the way to go is CHANGE_ORDER)"] },
  { order: "home-fiber", script: "cancel-after-reservation", state: "CANCELLED", effects: ALL_UNDONE, says: ["Cancellation requested by simulated-care-agent"] },
  { order: "home-fiber", script: "cancel-not-agreed", state: "COMPLETED", effects: { "workforce.perform-work": 1 }, says: ["Not agreed by simulated-approver"] },
  { order: "home-fiber", script: "cancel-with-agreement", state: "CANCELLED", effects: { ...ALL_UNDONE, "workforce.cancel-work": 1, "workforce.perform-work": 0 }, says: ["Waits for the agreement of care-lead"] },
  { order: "home-fiber", script: "held-and-resumed", state: "COMPLETED", says: ["held: on purpose"] },
  { order: "home-fiber", script: "no-access", state: "HELD", says: ["the customer must act"] },
  { order: "home-fiber", script: "no-access-rescheduled", state: "COMPLETED", effects: { "workforce.reschedule-appointment": 1, "workforce.perform-work": 1, "resource-inventory.reserve": 2 }, says: ["Order amended"] },
  { order: "home-fiber", script: "router-out-of-stock", state: "COMPLETED", says: ["tries alternative 1"] },
  { order: "home-fiber", script: "speed-changed-in-time", state: "COMPLETED", effects: { "activation.configure": 1, "workforce.perform-work": 1 }, says: ["Order amended"] },
  { order: "home-fiber", script: "speed-changed-too-late", state: "COMPLETED", says: ["Amendment refused: The service is being activated: order a change instead. (change-refused; the way to go is CHANGE_ORDER)"] },
  { order: "home-fiber", script: "undo-fails", state: "CANCELLED", effects: ALL_UNDONE, says: ["There is no such reservation.", "Plan blocked: a person must act"] },
  { order: "managed-office", script: "partial-bundle", state: "PARTIALLY_COMPLETED", effects: { "logistics.ship": 0, "entitlement.grant": 1 } },
  { order: "managed-office", script: "router-cancelled-before-shipment", state: "COMPLETED", effects: { "resource-inventory.release": 1, "entitlement.grant": 1 }, says: ["cancelled"] },
  { order: "mobile-sim", script: "number-taken", state: "COMPLETED" },
  { order: "mobile-sim", script: "sim-answer-lost", state: "COMPLETED" },
];

describe("the scripts in examples/faults", () => {
  it.each(ENDINGS)("$script: $order ends $state", async ({ order, script, state, effects = {}, says = [] }) => {
    const { code, stdout, stderr } = await runMain("simulate", `examples/orders/${order}.json`, "--faults", `examples/faults/${script}.json`, "--at", "2026-11-02T09:00:00Z");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^Order +${state}$`, "m"));
    for (const line of says) expect(stdout).toContain(line);
    const tookEffect = (name: string) => Number(new RegExp(`^ +${name} +\\d+ sent, (\\d+) took effect$`, "m").exec(stdout)?.[1] ?? 0);
    expect(Object.fromEntries(Object.keys(effects).map((name) => [name, tookEffect(name)]))).toEqual(effects);
    expect(stdout, "everything people were to do was done").not.toContain("Never done");
  });

  it("each has its ending here", () => {
    const files = readdirSync("examples/faults").map((name) => name.replace(/\.json$/, ""));
    expect(ENDINGS.map(({ script }) => script).sort()).toEqual(files.sort());
  });
});
