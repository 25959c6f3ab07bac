import type { DefinitionDiff } from "./definition-diff.ts";

export type ElementMark = "added" | "removed" | "changed" | "renamed";

/**
 * How a drawing marks the elements of one definition, by the steps of their paths joined with `/`: `tasks/reserve-ont`,
 * `tasks/reserve-ont/dependsOn/success check`. An element in which something changed is changed itself; one that is renamed and
 * changed is renamed. `pointerTo` leads from such a path to its place in the document.
 */
export function markElements(diff: DefinitionDiff): ReadonlyMap<string, ElementMark> {
  const marks = new Map<string, ElementMark>();
  for (const { op, path, within } of "changes" in diff ? diff.changes : []) {
    let end = 0;
    within.forEach(({ name }, depth) => {
      end = path.indexOf(name, end) + 1;
      const element = path.slice(0, end).join("/");
      const own = depth === within.length - 1 ? MARKS[op] : "changed";
      if (own !== "changed" || !marks.has(element)) marks.set(element, own);
    });
  }
  return marks;
}

const MARKS = { add: "added", remove: "removed", rename: "renamed", replace: "changed", move: "changed", set: "changed" } as const;
