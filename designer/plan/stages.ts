import { words as spaced } from "../look/format.ts";
import { plan as words } from "../strings/plan.ts";
import type { PlanLayout } from "./plan-layout.ts";
import type { PlanView, TaskCard } from "./plan-view.ts";

/** Neighboring ranks of a plan that do the same kind of work. */
export interface Stage {
  readonly title: string;
  /** The first rank, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** In the order of the template. */
  readonly tasks: readonly TaskCard[];
}

/**
 * The stages of a plan from left to right, each named by the category of its tasks; ranks in a row of one category are one
 * stage. A rank whose tasks are of more than two categories, or of none that is known, is called by its number.
 */
export function stagesOf(view: PlanView, { ranks, rankCount }: PlanLayout): readonly Stage[] {
  const byRank: TaskCard[][] = Array.from({ length: rankCount }, () => []);
  for (const card of view.tasks) byRank[ranks.get(card.key) ?? 0]?.push(card);
  const stages: Stage[] = [];
  byRank.forEach((tasks, rank) => {
    const title = nameOf(tasks);
    const last = stages.at(-1);
    if (last !== undefined && (tasks.length === 0 || title === last.title)) stages[stages.length - 1] = { ...last, count: last.count + 1, tasks: [...last.tasks, ...tasks] };
    else stages.push({ title: title ?? words.stage(rank + 1), first: rank, count: 1, tasks });
  });
  return stages;
}

function nameOf(tasks: readonly TaskCard[]): string | null {
  const categories = [...new Set(tasks.map(({ category }) => category))];
  const [one, other] = categories;
  if (one === undefined || one === null || other === null || categories.length > 2) return null;
  return other === undefined ? spaced(one) : words.both(spaced(one), spaced(other).toLowerCase());
}
