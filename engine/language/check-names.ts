import { skeletonOf } from "./confusable.ts";
import type { Report } from "./diagnostic.ts";
import { jsonPointer } from "../support/json-pointer.ts";
import { isPlainObject } from "./plain-object.ts";

/** Milestones every plan has; no template may define them. */
export const BUILT_IN_MILESTONES = ["order-accepted", "item-completed"] as const;

/** Lists whose entries are found by a name, which must be unique and not look like another one. */
const NAMED_LISTS: readonly { readonly list: string; readonly name: string; readonly what: string }[] = [
  { list: "tasks", name: "key", what: "task" },
  { list: "milestones", name: "key", what: "milestone" },
  { list: "statuses", name: "key", what: "status" },
  { list: "outcomes", name: "key", what: "outcome" },
  { list: "drifts", name: "id", what: "drift" },
  { list: "breaches", name: "code", what: "breach" },
];

/**
 * Reports names inside one definition that stand twice (`duplicate-id`) or that only look different (`confusable-id`),
 * whatever else may be wrong with the definition.
 */
export function checkNames(content: { readonly [property: string]: unknown }, report: Report): void {
  for (const { list, name, what } of NAMED_LISTS) {
    const entries = content[list];
    if (!Array.isArray(entries)) continue;
    const taken = new Map<string, string>();
    if (content["kind"] === "plan-template" && list === "milestones") {
      for (const builtIn of BUILT_IN_MILESTONES) taken.set(skeletonOf(builtIn), builtIn);
    }
    entries.forEach((entry: unknown, position: number) => {
      const value = isPlainObject(entry) ? entry[name] : undefined;
      if (typeof value !== "string") return;
      const other = taken.get(skeletonOf(value));
      const path = jsonPointer(list, position, name);
      if (other === undefined) taken.set(skeletonOf(value), value);
      else if (other === value) report("duplicate-id", path, `The ${what} "${value}" exists already; give this one another name.`);
      else report("confusable-id", path, `The ${what} "${value}" looks like "${other}"; choose a name that nobody can mistake.`);
    });
  }
}
