import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Scenario } from "../language/scenario-kinds.ts";
import { simulate, type Simulation } from "../simulate/simulate.ts";
import { Defect } from "../support/defect.ts";
import { judge, type Unmet } from "./judge.ts";
import { scenarioOrder } from "./scenario-order.ts";
import { tell } from "./told.ts";
import { traceTables } from "./trace-tables.ts";

/** What came of one scenario. */
export interface ScenarioResult {
  readonly key: string;
  readonly title: string;
  readonly passed: boolean;
  /** Everything that is not as expected, each with its place in the scenario. */
  readonly unmet: readonly Unmet[];
  /** The run itself; null when the scenario could not be run. */
  readonly run: ScenarioRun | null;
}

export interface ScenarioRun {
  readonly simulation: Simulation;
  /** Rows of decision tables that answered, as `<table>/<row>`. */
  readonly rows: ReadonlySet<string>;
}

/**
 * Runs one scenario on the simulator: the interpreter that runs orders, on a virtual clock. Deterministic; the scenario it
 * extends is taken from the release. A scenario that cannot be run fails with the reason; it never throws for bad content.
 */
export async function runScenario(scenario: Scenario, release: CompiledRelease): Promise<ScenarioResult> {
  const { key, title } = scenario;
  const failed = (pointer: string, message: string): ScenarioResult => ({ key, title, passed: false, unmet: [{ pointer, message }], run: null });
  const given = scenarioOrder(scenario, release.scenarios);
  if (typeof given === "string") return failed("", `expected an order that can be run, got ${given}`);
  const rows = new Set<string>();
  try {
    const simulation = await simulate(given.order, traceTables(release, (row) => rows.add(row)), scenario.script, given.startAt);
    const unmet = judge(scenario, simulation, tell(simulation, release));
    return { key, title, passed: unmet.length === 0, unmet, run: { simulation, rows } };
  } catch (error) {
    if (error instanceof Defect) return failed("/script", `expected a run that ends, got: ${error.message}`);
    throw error;
  }
}
