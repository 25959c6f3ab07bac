import type { JsonObject } from "../../engine/support/json.ts";
import { invalid, type Query } from "../api/query.ts";

/** The properties `fields` may name. */
const SELECTABLE = [
  "id", "href", "externalId", "priority", "state", "customerStatus", "orderDate", "completionDate", "requestedCompletionDate", "region",
  "channel", "relatedParty", "billingAccount", "quote", "agreement", "productOrderItem", "productOrderMilestone", "none",
] as const;

/** Always there, so that a part still says what it is a part of. */
const KEPT = ["id", "href", "@type"] as const;

/** Reads `fields=a,b`: the first-level properties the caller wants, or null for all. `none` gives id and href alone (TMF630). */
export function readFields(query: Query): readonly string[] | null {
  const names = query.list("fields");
  if (names === undefined) return null;
  const known: readonly string[] = SELECTABLE;
  if (names.some((name) => !known.includes(name))) throw invalid(`Name only these properties in fields: ${SELECTABLE.join(", ")}.`);
  return names;
}

/** The wanted properties of a resource. */
export function selectFields(resource: JsonObject, fields: readonly string[] | null): JsonObject {
  if (fields === null) return resource;
  const wanted = new Set<string>([...KEPT, ...fields]);
  return Object.fromEntries(Object.entries(resource).filter(([name]) => wanted.has(name)));
}
