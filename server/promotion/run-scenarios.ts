import { coverageOf, type Coverage } from "../../engine/scenario/coverage.ts";
import { runScenario, type ScenarioResult } from "../../engine/scenario/run-scenario.ts";
import { scenarioOrder } from "../../engine/scenario/scenario-order.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Scenario } from "../../engine/language/scenario-kinds.ts";
import { checkOrder } from "../intake/check-order.ts";

/** What came of the scenarios of a release, and how much of the release they reach. */
export interface ScenarioReport {
  readonly release: CompiledRelease;
  readonly results: readonly ScenarioResult[];
  readonly coverage: Coverage;
}

/**
 * Runs scenarios one after the other. An order that intake would refuse is no test of anything, so its scenario fails with
 * the reasons. `before` is told of each one, may let other work through, and ends the run by answering true.
 */
export async function runScenarios(scenarios: readonly Scenario[], release: CompiledRelease, before: (done: number, scenario: Scenario) => Promise<boolean>): Promise<ScenarioReport> {
  const results: ScenarioResult[] = [];
  for (const scenario of scenarios) {
    if (await before(results.length, scenario)) break;
    results.push(refusedByIntake(scenario, release) ?? (await runScenario(scenario, release)));
  }
  return { release, results, coverage: coverageOf(release, results.flatMap(({ run }) => (run === null ? [] : [run]))) };
}

function refusedByIntake(scenario: Scenario, release: CompiledRelease): ScenarioResult | null {
  const given = scenarioOrder(scenario, release.scenarios);
  if (typeof given === "string") return null;
  const reasons = checkOrder(given.order, release, given.startAt);
  if (reasons.length === 0) return null;
  const own = scenario.extends === undefined;
  const unmet = reasons.map(({ code, pointer, detail }) => ({ pointer: own ? `/order${pointer}` : "/extends", message: `expected an order that intake takes, got ${own ? "" : `${pointer} `}${code}: ${detail}` }));
  return { key: scenario.key, title: scenario.title, passed: false, unmet, run: null };
}
