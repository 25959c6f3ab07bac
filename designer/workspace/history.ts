import type { FileState } from "./file-state.ts";

/** One file before and after a step; null where there is none. */
export interface FileChange {
  readonly path: string;
  readonly before: FileState | null;
  readonly after: FileState | null;
}

/** Where a step happened, so that undoing it can show the place. */
export interface Place {
  readonly path: string;
  /** JSON Pointer inside the file. */
  readonly pointer: string;
}

/** One thing a person did, whichever view it was done in. */
export interface Step {
  readonly label: string;
  readonly changes: readonly FileChange[];
  readonly place: Place | null;
  /** Steps in a row with the same burst are one step: typing a word is one thing. */
  readonly burst: string | null;
}

export type Files = ReadonlyMap<string, FileState>;

/** The files of a draft, and everything that was done to them: one history over canvas, form, grid and JSON. */
export interface History {
  readonly files: Files;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

/** How many steps can be undone. */
export const HISTORY_STEPS_MAX = 500;

export function startHistory(files: Files): History {
  return { files, past: [], future: [] };
}

/** Does a step. A step of the same burst as the last one joins it; whatever was undone is gone. A step without effect is none. */
export function doStep(history: History, step: Step): History {
  const changes = step.changes.filter(({ before, after }) => before !== after);
  if (changes.length === 0) return history;
  const last = history.past.at(-1);
  const joins = step.burst !== null && last?.burst === step.burst && history.future.length === 0;
  const done = joins ? joinSteps(last, { ...step, changes }) : { ...step, changes };
  const past = joins ? [...history.past.slice(0, -1), done] : [...history.past, done].slice(-HISTORY_STEPS_MAX);
  return { files: put(history.files, changes.map(({ path, after }) => [path, after])), past, future: [] };
}

/** Takes the last step back; the same history when there is none. */
export function undoStep(history: History): History {
  const step = history.past.at(-1);
  if (step === undefined) return history;
  return { files: put(history.files, step.changes.map(({ path, before }) => [path, before])), past: history.past.slice(0, -1), future: [step, ...history.future] };
}

/** Does the step again that was last taken back; the same history when there is none. */
export function redoStep(history: History): History {
  const [step, ...future] = history.future;
  if (step === undefined) return history;
  return { files: put(history.files, step.changes.map(({ path, after }) => [path, after])), past: [...history.past, step], future };
}

function joinSteps(first: Step, second: Step): Step {
  const befores = new Map(first.changes.map(({ path, before }) => [path, before]));
  const paths = new Map(first.changes.map((change) => [change.path, change]));
  for (const change of second.changes) paths.set(change.path, { ...change, before: befores.has(change.path) ? (befores.get(change.path) ?? null) : change.before });
  return { ...second, changes: [...paths.values()] };
}

function put(files: Files, entries: readonly (readonly [string, FileState | null])[]): Files {
  const next = new Map(files);
  for (const [path, state] of entries) {
    if (state === null) next.delete(path);
    else next.set(path, state);
  }
  return next;
}
