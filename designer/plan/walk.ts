import type { PlanLayout } from "./plan-layout.ts";
import type { PlanView } from "./plan-view.ts";

/**
 * Where a key leads from a task: right and left follow the dependencies, a digit picks the branch, up and down stay in
 * the stage; Home and End are the first and last task. Null when the key leads nowhere.
 */
export function nextTask(view: PlanView, layout: PlanLayout, from: string | null, key: string): string | null {
  const first = view.tasks[0]?.key ?? null;
  if (from === null) return ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "Home"].includes(key) ? first : null;
  const height = (id: string): number => layout.positions.get(id)?.y ?? 0;
  const isTask = (id: string): boolean => view.tasks.some((task) => task.key === id);
  const byHeight = (ids: readonly string[]): string[] => [...new Set(ids)].filter(isTask).toSorted((a, b) => height(a) - height(b));
  const after = byHeight(view.edges.filter((edge) => edge.from === from).map(({ to }) => to));
  const before = byHeight(view.edges.filter((edge) => edge.to === from).map(({ from: id }) => id));
  const stage = byHeight(view.tasks.map((task) => task.key).filter((id) => layout.ranks.get(id) === layout.ranks.get(from)));
  const place = stage.indexOf(from);
  switch (key) {
    case "ArrowRight": return nearest(after, from, height);
    case "ArrowLeft": return nearest(before, from, height);
    case "ArrowDown": return stage[place + 1] ?? null;
    case "ArrowUp": return stage[place - 1] ?? null;
    case "Home": return first;
    case "End": return view.tasks.at(-1)?.key ?? null;
    default: return /^[1-9]$/.test(key) ? (after[Number(key) - 1] ?? null) : null;
  }
}

function nearest(ids: readonly string[], from: string, height: (id: string) => number): string | null {
  const y = height(from);
  return ids.toSorted((a, b) => Math.abs(height(a) - y) - Math.abs(height(b) - y))[0] ?? null;
}
