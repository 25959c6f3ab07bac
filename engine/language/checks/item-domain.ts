import { isJsonObject, type Json, type JsonObject } from "../../support/json.ts";
import type { CompileContext } from "../compile-context.ts";
import type { ItemAction, OrderSchema } from "../kinds.ts";

/** What is known about the value of one path of an accepted item. */
export interface ItemDomain {
  /** All values it can have, when they can be listed. */
  readonly values: readonly Json[] | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly integer: boolean;
  /** Whether an accepted item may lack it. */
  readonly optional: boolean;
}

export const ITEM_ACTIONS: readonly ItemAction[] = ["ADD", "MODIFY", "DISCONNECT", "NO_CHANGE"];

/** The order schemas that accept one of the offerings. */
export function schemasFor(offerings: ReadonlySet<string>, context: Pick<CompileContext, "index">): readonly OrderSchema[] {
  return context.index.all("order-schema").map(({ definition }) => definition).filter((schema) => schema.offerings.some((offering) => offerings.has(offering)));
}

/**
 * What the order schemas say of a path such as `characteristics.speed` of the items they accept with one of the actions;
 * null when one of them leaves it open.
 */
export function domainOfItem(path: readonly string[], schemas: readonly OrderSchema[], actions: readonly string[]): ItemDomain | null {
  let joined: ItemDomain | null = null;
  for (const schema of schemas) {
    for (const action of actions) {
      const carried = schema.actions[action as ItemAction];
      if (carried === undefined) continue;
      const own = domainIn(carried, path, false);
      if (own === null) return null;
      joined = joined === null ? own : union(joined, own);
    }
  }
  return joined;
}

function domainIn(schema: JsonObject, [name, ...rest]: readonly string[], optional: boolean): ItemDomain | null {
  if (name === undefined) return leafDomain(schema, optional);
  const properties = schema["properties"];
  const property = isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (!isJsonObject(property)) return null;
  const required = schema["required"];
  return domainIn(property, rest, optional || !(Array.isArray(required) && required.includes(name)));
}

function leafDomain(schema: JsonObject, optional: boolean): ItemDomain | null {
  const { type, enum: listed, const: only, minimum, maximum } = schema;
  const values = only !== undefined ? [only] : Array.isArray(listed) ? (listed as readonly Json[]) : type === "boolean" ? [true, false] : null;
  const number = (bound: Json | undefined): number | null => (typeof bound === "number" ? bound : null);
  if (values === null && type !== "number" && type !== "integer") return null;
  return { values, minimum: number(minimum), maximum: number(maximum), integer: type === "integer", optional };
}

function union(left: ItemDomain, right: ItemDomain): ItemDomain {
  const bound = (a: number | null, b: number | null, choose: (a: number, b: number) => number): number | null => (a === null || b === null ? null : choose(a, b));
  return {
    values: left.values && right.values ? [...new Set([...left.values, ...right.values])] : null,
    minimum: bound(left.minimum, right.minimum, Math.min),
    maximum: bound(left.maximum, right.maximum, Math.max),
    integer: left.integer && right.integer,
    optional: left.optional || right.optional,
  };
}
