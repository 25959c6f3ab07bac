import type { ScriptLine } from "../../engine/simulate/script.ts";
import type { Sample } from "./run-state.ts";

/** A run as the browser keeps it: the order it began with, and the scripts of everything done to it. */
export interface KeptRun {
  readonly sample: Sample;
  readonly script: readonly ScriptLine[];
  readonly before: readonly (readonly ScriptLine[])[];
}

const PLACE = "orderloom-runs";

/** Runs the browser keeps; the one not looked at for longest goes first. */
const KEPT_MAX = 8;

/** The run with this id as it was left; null when the browser does not know it. */
export function keptRun(id: string): KeptRun | null {
  return readAll().find(({ sample }) => sample.id === id) ?? null;
}

/** Keeps a run across reloads. A browser that keeps nothing loses it, and says nothing: the page works all the same. */
export function keepRun(run: KeptRun): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify([run, ...readAll().filter(({ sample }) => sample.id !== run.sample.id)].slice(0, KEPT_MAX)));
  } catch {
    // Full or forbidden.
  }
}

function readAll(): readonly KeptRun[] {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? "[]") as readonly KeptRun[];
  } catch {
    return [];
  }
}
