import { formatDuration, parseDurationMs } from "../../support/duration.ts";
import type { CompileContext } from "../compile-context.ts";
import type { PlanTemplate, TemplateTask } from "../kinds.ts";

/** Names a message shows of the longest way through a plan. */
const NAMED_MAX = 12;

/**
 * A plan can keep its deadline: the tasks of its longest way may take as long as they are allowed to, a person's until the
 * SLA, a system's until it counts as unanswered. Working hours, instants and events from outside only make it longer.
 */
export function checkDeadlines(context: CompileContext): void {
  for (const { file, definition: template } of context.index.all("plan-template")) {
    const deadlineMs = template.deadline === undefined ? null : parseDurationMs(template.deadline);
    if (deadlineMs === null || deadlineMs === 0) continue;
    const { totalMs, names } = longestWay(template, context);
    if (totalMs > deadlineMs) context.reportFor(file)(
      "sla-infeasible", "/deadline",
      `These tasks, one after the other, may take ${formatDuration(totalMs)}, which is longer than ${template.deadline ?? ""}: ${shorten(names).join(" -> ")}. Allow more time in all or less for each.`,
    );
  }
}

function shorten(names: readonly string[]): readonly string[] {
  return names.length <= NAMED_MAX ? names : [...names.slice(0, NAMED_MAX - 3), `… ${names.length - NAMED_MAX} more …`, ...names.slice(-3)];
}

interface Way {
  readonly totalMs: number;
  readonly names: readonly string[];
}

/** The longest chain of allowed times; nothing in a plan with a cycle, which is reported already. */
function longestWay(template: PlanTemplate, context: CompileContext): Way {
  const sources = new Map(template.tasks.map((task) => [task.key, sourcesOf(task, template)]));
  const waiters = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const [key, before] of sources) {
    const known = before.filter((source) => sources.has(source));
    open.set(key, known.length);
    for (const source of known) waiters.set(source, [...(waiters.get(source) ?? []), key]);
  }
  const allowed = new Map(template.tasks.map((task) => [task.key, allowedMs(task.type, context)]));
  const ends = new Map<string, { readonly at: number; readonly after: string | null }>();
  const ready = [...open].filter(([, count]) => count === 0).map(([key]) => key);
  let last: string | null = null;
  for (const key of ready) {
    const own = (ends.get(key)?.at ?? 0) + (allowed.get(key) ?? 0);
    ends.set(key, { at: own, after: ends.get(key)?.after ?? null });
    if (last === null || own > (ends.get(last)?.at ?? 0)) last = key;
    for (const waiter of waiters.get(key) ?? []) {
      if (own > (ends.get(waiter)?.at ?? -1)) ends.set(waiter, { at: own, after: key });
      const left = (open.get(waiter) ?? 0) - 1;
      open.set(waiter, left);
      if (left === 0) ready.push(waiter);
    }
  }
  if (last === null || ready.length < template.tasks.length) return { totalMs: 0, names: [] };
  const names: string[] = [];
  for (let key: string | null = last; key !== null; key = ends.get(key)?.after ?? null) names.push(key);
  return { totalMs: ends.get(last)?.at ?? 0, names: names.toReversed() };
}

/** Keys of the tasks of its own item that a task waits for, directly or by milestones. */
function sourcesOf(task: TemplateTask, template: PlanTemplate): readonly string[] {
  return [...new Set((task.dependsOn ?? []).flatMap(({ task: source, milestone, item }) => {
    if (item !== undefined) return [];
    if (source !== undefined) return [source];
    const reached = template.milestones.find((each) => each.key === milestone);
    return reached && "reachedBy" in reached ? reached.reachedBy : [];
  }))];
}

function allowedMs(typeKey: string, context: CompileContext): number {
  const type = context.index.get("task-type", typeKey);
  if (type?.work.by === "person") return parseDurationMs(context.index.get("manual-task", type.work.manualTask)?.sla?.within ?? "") ?? 0;
  const [first] = type?.timeout === undefined ? [] : context.index.get("timeout-policy", type.timeout)?.steps ?? [];
  return parseDurationMs(first?.after ?? "") ?? 0;
}
