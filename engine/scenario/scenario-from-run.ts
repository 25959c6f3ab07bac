import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Expectations, Scenario } from "../language/scenario-kinds.ts";
import type { NewOrder } from "../order/order.ts";
import type { ScriptLine } from "../simulate/script.ts";
import type { Simulation } from "../simulate/simulate.ts";
import { required } from "../support/defect.ts";
import type { JsonObject } from "../support/json.ts";
import { tell } from "./told.ts";

/** What names a scenario that is saved from a run. */
export interface ScenarioName {
  readonly key: string;
  readonly title: string;
  readonly description: string;
}

/**
 * Makes a scenario of a run: what was seen becomes what is expected. It passes on the release it was seen on. Lines of the
 * script that decided nothing are left out; what is too exact for its author can be taken away again.
 */
export function scenarioFromRun(name: ScenarioName, order: NewOrder, script: readonly ScriptLine[], simulation: Simulation, release: CompiledRelease): Scenario {
  return {
    kind: "scenario", key: name.key, version: 1, title: name.title, description: name.description,
    order: written(order),
    startAt: required(simulation.journal[0], "The first entry of the run").at,
    script: script.filter((line) => !simulation.unused.includes(line)),
    expect: seen(simulation, release),
  };
}

/** Everything a run tells, as expectations. */
function seen(simulation: Simulation, release: CompiledRelease): Expectations {
  const told = tell(simulation, release);
  return {
    path: { exactly: told.begun.map(({ task }) => task) },
    order: told.order as NonNullable<Expectations["order"]>,
    items: told.items as NonNullable<Expectations["items"]>,
    tasks: told.tasks as NonNullable<Expectations["tasks"]>,
    milestones: told.milestones.map(({ milestone, outcome, after }) => ({ milestone, ...(outcome !== "REACHED" && { outcome: outcome as "OPEN" }), ...(after !== null && { after }) })),
    ...(told.charges.every(({ times }) => times === 1) && {
      billing: told.charges.map(({ charge, trigger, effectiveFrom }) => ({ charge, trigger, ...(effectiveFrom !== null && { effectiveFrom }) })),
    }),
    customerStatus: told.customerStatus,
    messages: told.messages.filter(({ times }) => times === 1).map(({ item, about, text }) => ({ item, about, text })),
    ...(told.duration !== null && { duration: { exactly: told.duration } }),
    cases: told.cases.map(({ task, code, queue, severity, state }) => ({ ...(task !== null && { task }), code, queue, severity, state })),
    commands: simulation.commands,
    effects: simulation.effects,
    ...(told.refused.length > 0 && { refused: told.refused }),
  };
}

/** What is null or empty need not be written. */
function written(order: NewOrder): JsonObject {
  const { items, ...head } = order;
  return { ...present(head), items: items.map((item) => present(item)) };
}

function present(fields: object): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)));
}
