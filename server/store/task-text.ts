import type { Task } from "../../engine/order/task.ts";

/** What a task carries while nothing has been done about it: half of its text, and most tasks of a plan have not begun. */
const UNTOUCHED = {
  unmetEdges: [], attempts: 0, queries: 0, effect: "NONE", unanswered: false, with: {}, alternatives: 0, requestRevision: 1, requestAttempt: 1, inputs: {}, request: null,
  idempotencyKey: null, locks: [], locked: false, readyAt: null, startedAt: null, clockAt: null, sentAt: null, finishedAt: null, outputs: {}, lastFailure: null, timers: {},
} as const satisfies Partial<Task>;

/**
 * The text of a task's row, without the members that are as in a task nobody touched. They are named one by one, because objects of
 * one shape are written twice as fast as what a loop puts together.
 */
export function taskText(task: Task): string {
  const told = {
    ...task,
    unmetEdges: unlessEmpty(task.unmetEdges),
    attempts: unless(task.attempts, UNTOUCHED.attempts),
    queries: unless(task.queries, UNTOUCHED.queries),
    effect: unless(task.effect, UNTOUCHED.effect),
    unanswered: unless(task.unanswered, UNTOUCHED.unanswered),
    with: unlessEmpty(task.with),
    alternatives: unless(task.alternatives, UNTOUCHED.alternatives),
    requestRevision: unless(task.requestRevision, UNTOUCHED.requestRevision),
    requestAttempt: unless(task.requestAttempt, UNTOUCHED.requestAttempt),
    inputs: unlessEmpty(task.inputs),
    request: unless(task.request, UNTOUCHED.request),
    idempotencyKey: unless(task.idempotencyKey, UNTOUCHED.idempotencyKey),
    locks: unlessEmpty(task.locks),
    locked: unless(task.locked, UNTOUCHED.locked),
    readyAt: unless(task.readyAt, UNTOUCHED.readyAt),
    startedAt: unless(task.startedAt, UNTOUCHED.startedAt),
    clockAt: unless(task.clockAt, UNTOUCHED.clockAt),
    sentAt: unless(task.sentAt, UNTOUCHED.sentAt),
    finishedAt: unless(task.finishedAt, UNTOUCHED.finishedAt),
    outputs: unlessEmpty(task.outputs),
    lastFailure: unless(task.lastFailure, UNTOUCHED.lastFailure),
    timers: unlessEmpty(task.timers),
  } satisfies Record<keyof typeof UNTOUCHED, unknown>;
  return JSON.stringify(told);
}

/** The task exactly as `evolve` left it. Texts with every member, as they were once written, are read as well. */
export function taskFromText(text: string): Task {
  return { ...UNTOUCHED, ...(JSON.parse(text) as Task) };
}

function unless<T>(value: T, untouched: T): T | undefined {
  return value === untouched ? undefined : value;
}

function unlessEmpty<T extends object>(value: T): T | undefined {
  for (const _ in value) return value;
  return undefined;
}
