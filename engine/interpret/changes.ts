import type { Order } from "../order/order.ts";
import type { Changes } from "./interpretation.ts";

/** The rows two states of one order differ in. State is never mutated, so a row changed if its object is another one. */
export function changesBetween(before: Order | null, after: Order): Changes {
  return {
    head: before?.aggregateVersion !== after.aggregateVersion,
    plan: before?.plan !== after.plan,
    items: changed(before?.items, after.items),
    tasks: changed(before?.tasks, after.tasks),
    milestones: changed(before?.milestones, after.milestones),
    cases: changed(before?.cases, after.cases),
  };
}

function changed<T>(before: readonly T[] = [], after: readonly T[]): number[] {
  const positions: number[] = [];
  if (before === after) return positions;
  for (let position = 0; position < after.length; position += 1) if (before[position] !== after[position]) positions.push(position);
  return positions;
}
