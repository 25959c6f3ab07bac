import type { ExpectedCase, Expectations } from "../language/scenario-kinds.ts";
import type { Simulation } from "../simulate/simulate.ts";
import { parseDurationMs } from "../support/duration.ts";
import type { Complain } from "./judge.ts";
import type { Told } from "./told.ts";

/** Where the order, its items and its tasks stand at the end. */
export function judgeStates(expect: Expectations, told: Told, complain: Complain): void {
  if (expect.order !== undefined && expect.order !== told.order) complain(`the order ${expect.order}`, told.order, "order");
  for (const [item, state] of Object.entries(expect.items ?? {})) {
    if (told.items[item] !== state) complain(`item ${item} ${state}`, told.items[item] ?? "no such item", "items", item);
  }
  for (const [task, state] of Object.entries(expect.tasks ?? {})) {
    if (told.tasks[task] !== state) complain(`task ${task} ${state}`, told.tasks[task] ?? "no such task", "tasks", task);
  }
}

export function judgeMilestones(expect: Expectations, told: Told, complain: Complain): void {
  expect.milestones?.forEach(({ milestone, outcome = "REACHED", after, by }, position) => {
    const got = told.milestones.find((each) => each.milestone === milestone);
    if (!got) return complain(`milestone ${milestone} ${outcome}`, "no such milestone", "milestones", position, "milestone");
    if (got.outcome !== outcome) return complain(`milestone ${milestone} ${outcome}`, got.outcome, "milestones", position);
    if (after !== undefined && !same(after, got.after)) complain(`milestone ${milestone} reached after ${after}`, got.after ?? "never", "milestones", position, "after");
    if (by !== undefined && !within(got.after, by)) complain(`milestone ${milestone} reached within ${by}`, got.after ?? "never", "milestones", position, "by");
  });
}

export function judgeDuration({ duration }: Expectations, told: Told, complain: Complain): void {
  if (duration?.exactly !== undefined && !same(duration.exactly, told.duration)) complain(`the order to end after exactly ${duration.exactly}`, ending(told), "duration", "exactly");
  if (duration?.atMost !== undefined && !within(told.duration, duration.atMost)) complain(`the order to end within ${duration.atMost}`, ending(told), "duration", "atMost");
}

function ending({ duration, order }: Told): string {
  return duration ?? `an order that is ${order}`;
}

function same(expected: string, got: string | null): boolean {
  return got !== null && parseDurationMs(expected) === parseDurationMs(got);
}

function within(got: string | null, most: string): boolean {
  return got !== null && (parseDurationMs(got) ?? 0) <= (parseDurationMs(most) ?? 0);
}

/** The cases that were opened, one by one. */
export function judgeCases({ cases }: Expectations, told: Told, complain: Complain): void {
  cases?.forEach((expected, position) => {
    const got = told.cases[position];
    if (!got) complain(`a case ${wordsOf(expected)}`, "none", "cases", position);
    else if (Object.entries(expected).some(([name, value]) => got[name as keyof ExpectedCase] !== value)) complain(`a case ${wordsOf(expected)}`, `one ${wordsOf(got)}`, "cases", position);
  });
  for (const got of cases === undefined ? [] : told.cases.slice(cases.length)) complain(cases?.length === 0 ? "no case" : "no further case", `one ${wordsOf(got)}`, "cases");
}

function wordsOf(falloutCase: { readonly [name in keyof ExpectedCase]?: string | null }): string {
  const { task, code, queue, severity, state } = falloutCase;
  return [task && `of ${task}`, code && `because of ${code}`, severity && `of severity ${severity}`, queue && `for ${queue}`, state && `that is ${state} at the end`].filter(Boolean).join(" ");
}

/** How often commands were sent and took effect. */
export function judgeCounts(expect: Expectations, simulation: Simulation, complain: Complain): void {
  for (const [what, verb] of [["commands", "sent"], ["effects", "take effect"]] as const) {
    for (const [name, times] of Object.entries(expect[what] ?? {})) {
      const got = simulation[what][name] ?? 0;
      if (got !== times) complain(`${name} to ${what === "commands" ? `be ${verb}` : verb} ${count(times)}`, count(got), what, name);
    }
  }
}

export function count(times: number): string {
  return times === 0 ? "never" : times === 1 ? "once" : times === 2 ? "twice" : `${times} times`;
}
