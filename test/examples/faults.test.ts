import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runMain } from "../cli/run-cli.ts";

interface Ending {
  readonly order: string;
  readonly script: string;
  /** Where the order ends. */
  readonly state: string;
  /** Lines of the timeline that must be there. */
  readonly says?: readonly string[];
}

/** Each script with the order it is made for, where that ends, and what the timeline says. What the definitions must do is in their scenarios. */
const ENDINGS: readonly Ending[] = [
  { order: "home-fiber", script: "activation-answer-lost", state: "COMPLETED", says: ["reconciled: it took effect"] },
  { order: "home-fiber", script: "activation-never-arrived", state: "COMPLETED", says: ["reconciled: it never took effect"] },
  { order: "home-fiber", script: "appointment-moved", state: "COMPLETED", says: ["Amendment requested"] },
  { order: "home-fiber", script: "billing-rejects", state: "IN_PROGRESS", says: ["The billing account is closed."] },
  { order: "home-fiber", script: "billing-waived", state: "COMPLETED", says: ["Waits for the agreement of finance-approver", "waived by simulated-finance-operations"] },
  { order: "home-fiber", script: "cancel-after-activation", state: "COMPLETED", says: ["Cancellation refused: The service is being activated: order a disconnection instead. (change-refused; the way to go is CHANGE_ORDER)"] },
  { order: "home-fiber", script: "cancel-after-reservation", state: "CANCELLED", says: ["Cancellation requested by simulated-care-agent"] },
  { order: "home-fiber", script: "cancel-not-agreed", state: "COMPLETED", says: ["Not agreed by simulated-approver"] },
  { order: "home-fiber", script: "cancel-with-agreement", state: "CANCELLED", says: ["Waits for the agreement of care-lead"] },
  { order: "home-fiber", script: "held-and-resumed", state: "COMPLETED", says: ["held: on purpose"] },
  { order: "home-fiber", script: "no-access", state: "HELD", says: ["the customer must act"] },
  { order: "home-fiber", script: "no-access-rescheduled", state: "COMPLETED", says: ["Order amended"] },
  { order: "home-fiber", script: "router-out-of-stock", state: "COMPLETED", says: ["tries alternative 1"] },
  { order: "home-fiber", script: "speed-changed-in-time", state: "COMPLETED", says: ["Order amended"] },
  { order: "home-fiber", script: "speed-changed-too-late", state: "COMPLETED", says: ["Amendment refused: The service is being activated: order a change instead. (change-refused; the way to go is CHANGE_ORDER)"] },
  { order: "home-fiber", script: "undo-fails", state: "CANCELLED", says: ["There is no such reservation.", "Plan blocked: a person must act"] },
  { order: "home-fiber", script: "usual-durations", state: "COMPLETED", says: ["2 h 31 min  + Install at the customer's home: done"] },
  { order: "managed-office", script: "partial-bundle", state: "PARTIALLY_COMPLETED" },
  { order: "managed-office", script: "router-cancelled-before-shipment", state: "COMPLETED", says: ["cancelled"] },
  { order: "mobile-sim", script: "number-taken", state: "COMPLETED" },
  { order: "mobile-sim", script: "sim-answer-lost", state: "COMPLETED" },
];

describe("the scripts in examples/faults", () => {
  it.each(ENDINGS)("$script: $order ends $state", async ({ order, script, state, says = [] }) => {
    const { code, stdout, stderr } = await runMain("simulate", `examples/orders/${order}.json`, "--faults", `examples/faults/${script}.json`, "--at", "2026-11-02T09:00:00Z");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^Order +${state}$`, "m"));
    for (const line of says) expect(stdout).toContain(line);
    expect(stdout, "everything people were to do was done").not.toContain("Never done");
  });

  it("each has its ending here", () => {
    const files = readdirSync("examples/faults").map((name) => name.replace(/\.json$/, ""));
    expect(ENDINGS.map(({ script }) => script).sort()).toEqual(files.sort());
  });
});
