import { create } from "zustand";
import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import type { ScriptLine } from "../../engine/simulate/script.ts";
import { simulationService } from "../worker/simulation.ts";
import type { RunAnswer, RunRequest, Side } from "../worker/simulation-service.ts";
import type { Files } from "../workspace/history.ts";
import { useWorkspace } from "../workspace/workspace.ts";
import { firstDifference } from "./interventions.ts";
import { keepRun, keptRun } from "./kept-runs.ts";

/** An order to run: where it comes from, and the script it comes with. */
export interface Sample extends RunRequest {
  /** Its name in the address, and in what the browser keeps. */
  readonly id: string;
  readonly title: string;
  /** The scenario it was taken from. */
  readonly scenario: string | null;
}

interface RunState {
  readonly sample: Sample | null;
  /** The script of the sample with what was done at the screen. */
  readonly script: readonly ScriptLine[];
  /** The scripts before each thing done at the screen, oldest first. */
  readonly before: readonly (readonly ScriptLine[])[];
  readonly answers: { readonly [side in Side]?: RunAnswer };
  readonly comparing: boolean;
}

/** The run that is looked at. */
export const useRun = create<RunState>()(() => ({ sample: null, script: [], before: [], answers: {}, comparing: false }));

let latest = 0;

/** Runs the sample with its script, on the draft and, when comparing, on the live release. A newer run makes an older one count for nothing. */
async function run(): Promise<void> {
  const { sample, script, comparing } = useRun.getState();
  if (sample === null) return;
  latest += 1;
  const mine = latest;
  const service = simulationService();
  for (const side of comparing ? (["draft", "live"] as const) : (["draft"] as const)) {
    const { history, baseFiles, live } = useWorkspace.getState();
    await sendDefinitions(side, side === "draft" ? history.files : baseFiles, live?.name ?? side);
    const answer = await service.run(side, { order: sample.order, startAt: sample.startAt, script });
    if (mine !== latest) return;
    useRun.setState(({ answers }) => ({ answers: { ...answers, [side]: answer } }));
  }
}

const sent: { [side in Side]?: Files } = {};

async function sendDefinitions(side: Side, files: Files, name: string): Promise<void> {
  if (sent[side] === files) return;
  sent[side] = files;
  await simulationService().setDefinitions(side, [...files].map(([path, { content }]): DefinitionFile => ({ path, content })), name);
}

/** Begins with another order, or goes on with it as it was left. A scenario that says something else now begins anew. */
export async function open(sample: Sample): Promise<void> {
  const kept = keptRun(sample.id);
  const same = kept !== null && JSON.stringify(kept.sample) === JSON.stringify(sample);
  useRun.setState({ sample, script: same ? kept.script : sample.script, before: same ? kept.before : [], answers: {} });
  await run();
}

/**
 * Does something else from where the run is looked at. Answers with the first entry that is not as it was, counted from 1;
 * null when nothing changed.
 */
export async function change(script: readonly ScriptLine[]): Promise<number | null> {
  const { answers, script: old, before } = useRun.getState();
  return again(script, [...before, old], answers.draft);
}

/** Takes the last thing done at the screen back. */
export async function takeBack(): Promise<void> {
  const { before, answers } = useRun.getState();
  const script = before.at(-1);
  if (script !== undefined) await again(script, before.slice(0, -1), answers.draft);
}

async function again(script: readonly ScriptLine[], before: readonly (readonly ScriptLine[])[], was: RunAnswer | undefined): Promise<number | null> {
  useRun.setState({ script, before });
  const { sample } = useRun.getState();
  if (sample !== null) keepRun({ sample, script, before });
  await run();
  const is = useRun.getState().answers.draft;
  return was?.ok === true && is?.ok === true ? firstDifference(was.journal, is.journal) : null;
}

export async function compare(comparing: boolean): Promise<void> {
  useRun.setState({ comparing });
  await run();
}

/** Runs again, for example after an edit of the draft. */
export async function runAgain(): Promise<void> {
  await run();
}
