import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../../../engine/language/compile.ts";
import type { Scenario } from "../../../engine/language/scenario-kinds.ts";
import { runScenario } from "../../../engine/scenario/run-scenario.ts";
import { scenarioFromRun } from "../../../engine/scenario/scenario-from-run.ts";
import { scenarioOrder } from "../../../engine/scenario/scenario-order.ts";
import type { ScriptLine } from "../../../engine/simulate/script.ts";
import { simulate } from "../../../engine/simulate/simulate.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";

const compiled = compile(loadDefinitions(), { name: "test" });
if (!compiled.ok) throw new Error("The shipped definitions must compile.");
const { release } = compiled;

const scripts = readdirSync("examples/faults").flatMap((file) => JSON.parse(readFileSync(`examples/faults/${file}`, "utf8")) as ScriptLine[]);
const orders = [...release.scenarios.values()].filter(({ order }) => order !== undefined);

describe("A22 a run that is saved", () => {
  it("passes as a scenario, whatever happened in it", async () => {
    const run = fc.record({ from: fc.constantFrom(...orders), script: fc.shuffledSubarray(scripts, { maxLength: 6 }), id: fc.constantFrom("order-1", "O-77") });
    await fc.assert(fc.asyncProperty(run, async ({ from, script, id }) => {
      const given = scenarioOrder(from, release.scenarios);
      if (typeof given === "string") throw new Error(given);
      const order = { ...given.order, id };
      const simulation = await simulate(order, release, script, given.startAt);
      const saved = scenarioFromRun({ key: "saved", title: "Saved", description: "Saved." }, order, script, simulation, release);
      const { unmet } = await runScenario(JSON.parse(JSON.stringify(saved)) as Scenario, release);
      expect(unmet).toEqual([]);
      const checked = compile([...release.definitions, saved].map((content) => ({ path: `${content.kind}/${content.key}.json`, content })), { name: "test" });
      expect(checked.ok ? [] : checked.diagnostics).toEqual([]);
    }), { numRuns: 15 });
  }, 60_000);
});
