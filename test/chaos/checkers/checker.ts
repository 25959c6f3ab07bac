import type { History, Violation } from "../history.ts";

/** One invariant as a program over a history. Pure: the same history gives the same violations, whoever wrote it down. */
export interface Checker {
  /** Its number in the list of invariants. */
  readonly id: string;
  /** What must hold, in one sentence. */
  readonly title: string;
  readonly check: (history: History) => readonly Violation[];
}

/** A checker from a function that yields `[subject, message]`. */
export function checker(id: string, title: string, find: (history: History) => Iterable<readonly [subject: string, message: string]>): Checker {
  return { id, title, check: (history) => Array.from(find(history), ([subject, message]) => ({ invariant: id, subject, message })) };
}

export function groupBy<T>(list: Iterable<T>, key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
