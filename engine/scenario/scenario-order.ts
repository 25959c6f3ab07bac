import type { Instant } from "../language/kinds.ts";
import type { Scenario } from "../language/scenario-kinds.ts";
import type { NewOrder } from "../order/order.ts";
import { completeOrder } from "../simulate/complete-order.ts";
import { formatInstant, parseInstant } from "../support/instant.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";

/** The order of a scenario as it is run, and the instant at which it is accepted. */
export interface ScenarioOrder {
  readonly order: NewOrder;
  readonly startAt: Instant;
}

/** The order a scenario brings or borrows, with what it sets; a text says what is missing or leads nowhere. */
export function scenarioOrder(scenario: Scenario, all: ReadonlyMap<string, Scenario>): ScenarioOrder | string {
  const base = scenario.extends === undefined ? scenario : all.get(scenario.extends);
  const startAt = parseInstant(scenario.startAt ?? base?.startAt ?? "");
  if (base?.order === undefined) return `the scenario "${scenario.extends ?? ""}" has no order of its own; extend one that has`;
  if (startAt === null) return "no instant says when the order is accepted; give startAt, such as 2026-11-02T09:00:00Z";
  let order: Json = base.order;
  for (const [path, value] of Object.entries(scenario.set ?? {})) {
    const changed = changedAt(order, path.split("."), value ?? null);
    if (changed === undefined) return `"${path}" leads nowhere in the order`;
    order = changed;
  }
  return { order: completeOrder(order as JsonObject), startAt: formatInstant(startAt) };
}

/** A copy with a value at a path; undefined when the path goes through a list that has no such element, or through a scalar. */
function changedAt(target: Json, [step = "", ...rest]: readonly string[], value: Json): Json | undefined {
  if (Array.isArray(target)) {
    const list = target as readonly Json[];
    const position = list.findIndex((element) => isJsonObject(element) && (element["id"] === step || element["key"] === step));
    const changed = rest.length === 0 ? value : changedAt(list[position] ?? null, rest, value);
    return position < 0 || changed === undefined ? undefined : list.with(position, changed);
  }
  if (!isJsonObject(target)) return undefined;
  const changed = rest.length === 0 ? value : changedAt(target[step] ?? {}, rest, value);
  return changed === undefined ? undefined : { ...target, [step]: changed };
}
