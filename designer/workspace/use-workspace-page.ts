import { useEffect } from "react";
import { create } from "zustand";
import { useSession } from "../api/session.ts";
import { chooseDraft } from "./chosen-draft.ts";
import { leaveDraft } from "./draft-state.ts";
import { openDraft } from "./open-draft.ts";
import { watchProblems } from "./problems.ts";
import { watchDraft } from "./watch-draft.ts";

/** Whether the author's files are there yet. */
export type WorkspaceStatus = { readonly state: "loading" } | { readonly state: "ready" } | { readonly state: "failed"; readonly error: Error };

interface Opening {
  /** Whose workspace it is. */
  readonly persona: string | null;
  readonly status: WorkspaceStatus;
}

const useOpening = create<Opening>()(() => ({ persona: null, status: { state: "loading" } }));

let watching: readonly (() => void)[] = [];

/** Opens the workspace of whoever acts, once; from then on it is checked and saved. */
async function openFor(persona: string): Promise<void> {
  useOpening.setState({ persona, status: { state: "loading" } });
  for (const stop of watching) stop();
  watching = [];
  try {
    await openDraft();
    if (useOpening.getState().persona !== persona) return;
    watching = [watchProblems(), watchDraft(startOver)];
    useOpening.setState({ status: { state: "ready" } });
  } catch (error) {
    if (useOpening.getState().persona === persona) useOpening.setState({ status: { state: "failed", error: error instanceof Error ? error : new Error(String(error)) } });
  }
}

/** Opens the named draft and works on it from now on; with "" a new one begins with the first edit, with null the newest of one's own. */
export function workOn(draft: string | null): Promise<void> {
  const { persona } = useSession.getState();
  chooseDraft(persona, draft);
  return openFor(persona);
}

/** The draft is closed, or something else is live: begins again from there, with what the server does not have. */
function startOver(): void {
  leaveDraft();
  void openFor(useSession.getState().persona);
}

/** Reads everything again, if a workspace is open: the draft was submitted, promoted or given up. */
export function refreshWorkspace(): void {
  const { persona, status } = useOpening.getState();
  if (persona !== null && status.state === "ready") void openFor(persona);
}

/** The workspace for a page that needs it. */
export function useWorkspacePage(): WorkspaceStatus {
  const persona = useSession(({ persona }) => persona);
  const opening = useOpening();
  useEffect(() => {
    if (useOpening.getState().persona !== persona) void openFor(persona);
  }, [persona]);
  return opening.persona === persona ? opening.status : { state: "loading" };
}
