import { create } from "zustand";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { languageService } from "../worker/language.ts";
import type { FileUpdate } from "../worker/language-service.ts";
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

/** Keeps `useProblems` true: checks in the worker whenever the files have rested. */
export function watchProblems(): () => void {
  let sent: Files = new Map();
  let version = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const check = async (files: Files): Promise<void> => {
    const updates = updatesBetween(sent, files);
    if (updates.length === 0) return;
    sent = files;
    version += 1;
    const answer = await languageService().check(version, updates);
    if (answer.version === version) useProblems.setState({ state: "checked", diagnostics: [...unread(files), ...answer.diagnostics], digest: answer.digest, uses: answer.uses });
  };
  const schedule = (files: Files, delay: number): void => {
    useProblems.setState({ state: "checking" });
    clearTimeout(timer);
    timer = setTimeout(() => void check(files), delay);
  };
  const { history } = useWorkspace.getState();
  if (history.files.size > 0) schedule(history.files, 0);
  const stop = useWorkspace.subscribe((now, before) => {
    if (now.history.files !== before.history.files) schedule(now.history.files, sent.size === 0 ? 0 : IDLE_MS);
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

function updatesBetween(before: Files, after: Files): FileUpdate[] {
  const updates: FileUpdate[] = [];
  for (const [path, { content }] of after) if (before.get(path)?.content !== content) updates.push({ path, content });
  for (const path of before.keys()) if (!after.has(path)) updates.push({ path, content: null });
  return updates;
}
