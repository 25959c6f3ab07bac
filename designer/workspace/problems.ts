import { create } from "zustand";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { checkFiles } from "../worker/language.ts";
import type { Use } from "../worker/references.ts";
import type { Files } from "./history.ts";
import { useWorkspace } from "./workspace.ts";

/** Checks begin this long after the last edit. */
const IDLE_MS = 250;

interface ProblemState {
  readonly state: "checking" | "checked";
  readonly diagnostics: readonly Diagnostic[];
  /** Null while the definitions do not compile. */
  readonly digest: string | null;
  /** Which definition names which. */
  readonly uses: readonly Use[];
}

/** What is wrong with the draft, as `orderloom check` would say it. */
export const useProblems = create<ProblemState>()(() => ({ state: "checking", diagnostics: [], digest: null, uses: [] }));

/** The last check that was asked for, and the last that was answered. */
let [asked, answered] = [0, 0];

/** Keeps `useProblems` true: checks in the worker whenever the files have rested. */
export function watchProblems(): () => void {
  let first = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let checked: readonly Diagnostic[] = [];
  const check = async (files: Files): Promise<void> => {
    first = false;
    const check = checkFiles(files);
    if (check === null) {
      // A text that became no JSON, or JSON again, leaves every content as it was.
      if (asked === answered) useProblems.setState({ state: "checked", diagnostics: [...unread(files), ...checked] });
      return;
    }
    asked = check.version;
    const answer = await check.answer;
    if (answer.version !== asked) return;
    answered = asked;
    checked = answer.diagnostics;
    useProblems.setState({ state: "checked", diagnostics: [...unread(files), ...checked], digest: answer.digest, uses: answer.uses });
  };
  const schedule = (files: Files, delay: number): void => {
    useProblems.setState({ state: "checking" });
    clearTimeout(timer);
    timer = setTimeout(() => void check(files), delay);
  };
  const { history } = useWorkspace.getState();
  if (history.files.size > 0) schedule(history.files, 0);
  const stop = useWorkspace.subscribe((now, before) => {
    if (now.history.files !== before.history.files) schedule(now.history.files, first ? 0 : IDLE_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Files that hold no JSON are a problem of their own; the rest is checked with what they last held. */
function unread(files: Files): Diagnostic[] {
  return [...files].flatMap(([file, { unread }]) => (unread === null ? [] : [{ code: "malformed", severity: "error", file, path: "", message: unread } satisfies Diagnostic]));
}
