import { explainDependencies, type DependencyExplanation } from "../../engine/explain/explain-dependencies.ts";
import { explainOrder, type OrderExplanation } from "../../engine/explain/explain.ts";
import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import type { Scenario } from "../../engine/language/scenario-kinds.ts";
import { evolve } from "../../engine/order/evolve.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import type { Input } from "../../engine/order/inputs.ts";
import type { NewOrder, Order } from "../../engine/order/order.ts";
import { scenarioFromRun, type ScenarioName } from "../../engine/scenario/scenario-from-run.ts";
import { scenarioOrder } from "../../engine/scenario/scenario-order.ts";
import type { ScriptLine } from "../../engine/simulate/script.ts";
import { simulate, type Simulation } from "../../engine/simulate/simulate.ts";
import { Defect } from "../../engine/support/defect.ts";

/** What is run: an order of the draft's scenarios, or one that was handed in. */
export interface RunRequest {
  readonly order: NewOrder;
  readonly startAt: string;
  readonly script: readonly ScriptLine[];
}

export type RunAnswer =
  | {
      readonly ok: true;
      readonly journal: readonly JournalEntry[];
      readonly order: Order;
      readonly rejections: readonly { readonly at: string; readonly code: string; readonly message: string }[];
      readonly digest: string;
    }
  | { readonly ok: false; readonly reason: string; readonly diagnostics: readonly Diagnostic[] };

/** The order as it stood after a number of journal entries, with why. */
export interface Look {
  readonly order: Order;
  readonly explanation: OrderExplanation;
  /** What each task depends on, by task id. */
  readonly dependencies: { readonly [taskId: string]: readonly DependencyExplanation[] };
  /** `<itemId>/<taskKey>` -> how often a person has worked on it. */
  readonly worked: { readonly [task: string]: number };
}

interface Run {
  readonly request: RunRequest;
  readonly simulation: Simulation;
  readonly release: CompiledRelease;
  /** The order after each entry of the journal. */
  readonly orders: readonly Order[];
}

/** Which definitions a run uses. */
export type Side = "draft" | "live";

/**
 * The production interpreter on a virtual clock, in a worker of the page. A run is made whole from order, release and
 * script, every time; looking at it is going through its events. So stepping back, and doing something else from there, is
 * another run with another script, and the log is the one the command line prints.
 */
export class SimulationService {
  readonly #files = new Map<Side, { readonly files: readonly DefinitionFile[]; readonly name: string }>();
  readonly #releases = new Map<Side, CompiledRelease | readonly Diagnostic[]>();
  readonly #runs = new Map<Side, Run>();

  /** Takes the definitions of one side and the name of their release; they are compiled when something is run. */
  setDefinitions(side: Side, files: readonly DefinitionFile[], name: string): void {
    this.#files.set(side, { files, name });
    this.#releases.delete(side);
    this.#runs.delete(side);
  }

  /** The order of a scenario, as it is run; a text says why there is none. */
  orderOf(scenario: Scenario, all: readonly Scenario[]): Omit<RunRequest, "script"> | string {
    return scenarioOrder(scenario, new Map(all.map((other) => [other.key, other])));
  }

  async run(side: Side, request: RunRequest): Promise<RunAnswer> {
    const release = this.#compile(side);
    if (!("digest" in release)) return { ok: false, reason: "", diagnostics: release };
    try {
      const simulation = await simulate(request.order, release, request.script, request.startAt);
      this.#runs.set(side, { request, simulation, release, orders: replay(simulation.journal) });
      const rejections = simulation.rejections.map(({ input, rejection }) => ({ at: input.at, code: rejection.code, message: rejection.message }));
      return { ok: true, journal: simulation.journal, order: simulation.order, rejections, digest: release.digest };
    } catch (error) {
      if (error instanceof Defect) return { ok: false, reason: error.message, diagnostics: [] };
      throw error;
    }
  }

  /** How the last run of a side stood after so many entries; null before the first. */
  look(side: Side, entries: number): Look | null {
    const run = this.#runs.get(side);
    const order = run?.orders[Math.min(entries, run.orders.length) - 1];
    if (run === undefined || order === undefined) return null;
    const dependencies = Object.fromEntries(order.tasks.map(({ id }, position) => [id, explainDependencies(order, run.release, position)]));
    return { order, explanation: explainOrder(order, run.release), dependencies, worked: workOf(order, run.simulation.inputs.slice(0, entries)) };
  }

  /** The last run of a side as a scenario: what was seen becomes what is expected. */
  scenario(side: Side, name: ScenarioName): Scenario | null {
    const run = this.#runs.get(side);
    return run === undefined ? null : scenarioFromRun(name, run.request.order, run.request.script, run.simulation, run.release);
  }

  #compile(side: Side): CompiledRelease | readonly Diagnostic[] {
    const known = this.#releases.get(side);
    if (known !== undefined) return known;
    const { files, name } = this.#files.get(side) ?? { files: [], name: side };
    const compilation = compile(files, { name });
    const compiled = compilation.ok ? compilation.release : compilation.diagnostics;
    this.#releases.set(side, compiled);
    return compiled;
  }
}

/** How often people have worked on each task, as scripts count it. */
function workOf(order: Order, inputs: readonly Input[]): Look["worked"] {
  const names = new Map(order.plan?.graph.tasks.map(({ id, itemId, key }) => [id, `${itemId}/${key}`]));
  const worked: { [task: string]: number } = {};
  for (const input of inputs) {
    if (input.type !== "CompleteManualTask") continue;
    const name = names.get(input.taskId) ?? input.taskId;
    worked[name] = (worked[name] ?? 0) + 1;
  }
  return worked;
}

function replay(journal: readonly JournalEntry[]): Order[] {
  let order: Order | null = null;
  return journal.map(({ events }) => {
    for (const event of events) order = evolve(order, event);
    return order as unknown as Order;
  });
}
