import type { NewItem } from "../order/order.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { isJsonObject, type Json } from "../support/json.ts";

/** What an amendment may change of an item; its id, parent and action are what it is. */
const AMENDABLE = ["quantity", "requestedDate", "place", "appointment", "product", "characteristics", "charges", "qualification", "relationships", "specification", "offering"] as const;

/**
 * The paths at which the wanted item differs from the one there is, with every path above them: a new slot gives
 * `appointment` and `appointment.slot`, so that a policy may speak of either.
 */
export function changedPaths(current: NewItem, wanted: NewItem): readonly string[] {
  const paths = new Set<string>();
  for (const field of AMENDABLE) collect(current[field], wanted[field], field, paths);
  return [...paths].sort();
}

function collect(before: Json | undefined, after: Json | undefined, path: string, paths: Set<string>): void {
  if (same(before, after)) return;
  paths.add(path);
  if (!isJsonObject(before) && !isJsonObject(after)) return;
  const keys = new Set([...(isJsonObject(before) ? Object.keys(before) : []), ...(isJsonObject(after) ? Object.keys(after) : [])]);
  for (const key of keys) collect(isJsonObject(before) ? before[key] : undefined, isJsonObject(after) ? after[key] : undefined, `${path}.${key}`, paths);
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

/** The item as wanted, with what the order knows about it. */
export function amendedItem<T extends NewItem>(item: T, wanted: NewItem): T {
  return { ...item, ...Object.fromEntries(AMENDABLE.map((field) => [field, wanted[field]])) };
}
