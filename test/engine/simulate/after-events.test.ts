import { describe, expect, it } from "vitest";
import { runScenario } from "../../../engine/scenario/run-scenario.ts";
import type { ScriptLine } from "../../../engine/simulate/script.ts";
import { simulate } from "../../../engine/simulate/simulate.ts";
import { scenarioOrder } from "../../../engine/scenario/scenario-order.ts";
import { shippedRelease } from "../../browser/sample-orders.ts";

describe("a person who acts where somebody stood in a run", () => {
  it("changes nothing of what had happened before", async () => {
    const release = shippedRelease();
    const scenario = release.scenarios.get("home-fiber-add");
    if (scenario === undefined) throw new Error("The shipped release has the scenario home-fiber-add");
    const given = scenarioOrder(scenario, release.scenarios);
    if (typeof given === "string") throw new Error(given);
    const whole = await simulate(given.order, release, scenario.script, given.startAt);
    for (const entry of whole.journal.slice(2, -1)) {
      const version = entry.firstVersion + entry.events.length - 1;
      const cancel: ScriptLine = { do: "CANCEL", afterEvents: version, reason: "CUSTOMER_REQUEST" };
      const changed = await simulate(given.order, release, [...scenario.script, cancel], given.startAt);
      const before = whole.journal.filter(({ firstVersion }) => firstVersion <= version);
      expect(changed.journal.slice(0, before.length)).toEqual(before);
    }
    expect((await runScenario(scenario, release)).passed).toBe(true);
  });
});
