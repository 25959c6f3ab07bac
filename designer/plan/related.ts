import type { PlanView } from "./plan-view.ts";

/** What a task waits for and what waits for it, over any number of dependencies; itself included. */
export function relatedTo(view: PlanView, key: string): { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> } {
  return { before: reachable(view, key, "to", "from"), after: reachable(view, key, "from", "to") };
}

function reachable(view: PlanView, start: string, near: "from" | "to", far: "from" | "to"): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const edge of view.edges) next.set(edge[near], [...(next.get(edge[near]) ?? []), edge[far]]);
  const seen = new Set([start]);
  for (const id of seen) for (const other of next.get(id) ?? []) seen.add(other);
  return seen;
}
