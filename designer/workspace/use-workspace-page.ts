import { useEffect } from "react";
import { create } from "zustand";
import { useSession } from "../api/session.ts";
import { openDraft, watchDraft } from "./draft.ts";
import { watchProblems } from "./problems.ts";

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
async function openFor(persona: string, draft?: string): Promise<void> {
  useOpening.setState({ persona, status: { state: "loading" } });
  for (const stop of watching) stop();
  watching = [];
  try {
    await openDraft(draft);
    if (useOpening.getState().persona !== persona) return;
    watching = [watchProblems(), watchDraft()];
    useOpening.setState({ status: { state: "ready" } });
  } catch (error) {
    if (useOpening.getState().persona === persona) useOpening.setState({ status: { state: "failed", error: error instanceof Error ? error : new Error(String(error)) } });
  }
}

/** Starts over from what is live and the author's open draft, for example after a promotion. */
export function reopenWorkspace(draft?: string): Promise<void> {
  return openFor(useSession.getState().persona, draft);
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
