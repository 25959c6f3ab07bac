import type { CompiledPlanTemplate } from "../language/compiled-release.ts";
import type { Decomposition, Item } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import { formatInstant, parseInstant } from "../support/instant.ts";
import type { Json } from "../support/json.ts";

/** One item with the template it got; the unit the planners work on. */
export interface ItemPlan {
  readonly item: Item;
  readonly decomposition: Decomposition;
  readonly template: CompiledPlanTemplate;
}

/** A task before it stands in its graph. */
export type TaskSketch = Omit<PlannedTask, "depth" | "orderVersion">;

/** `<planId>/<itemId>/<taskKey>` */
export function taskIdOf(planId: string, itemId: string, key: string): string {
  return `${planId}/${itemId}/${key}`;
}

/** The plan that first created a task; a task carried into later versions keeps its id. */
export function planIdOf({ id, itemId, key }: Pick<PlannedTask, "id" | "itemId" | "key">): string {
  return id.slice(0, -`/${itemId}/${key}`.length);
}

/** An instant as the engine writes it; null when the value is none. */
export function instantOf(value: Json | undefined): string | null {
  const ms = typeof value === "string" ? parseInstant(value) : null;
  return ms === null ? null : formatInstant(ms);
}

/** `<itemId>/<taskKey>`: which work of an order a task is, whatever version of the plan it stands in and however often it was opened again. */
export function workName({ itemId, key }: { readonly itemId: string; readonly key: string }): string {
  return `${itemId}/${key.split("~", 1)[0] ?? key}`;
}
