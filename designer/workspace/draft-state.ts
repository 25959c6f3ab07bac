import { create } from "zustand";
import type { ChangeSetState } from "../../server/promotion/change-set.ts";
import { useSession } from "../api/session.ts";
import { sameFile, type FileState } from "./file-state.ts";
import type { Files } from "./history.ts";
import type { OpenFiles } from "./join-files.ts";
import { keepHere, keepHereLeaving } from "./kept-here.ts";
import type { Unsaved } from "./told-files.ts";
import { currentFiles } from "./workspace.ts";

/**
 * Whether what the author did is safe. `local`: there is no repository here, so nothing is saved. `reader`: whoever looks may not
 * change definitions. `refused`: the server does not take it; it is kept here.
 */
export type Saving =
  | { readonly state: "saved"; readonly at: string | null }
  | { readonly state: "saving" }
  | { readonly state: "offline"; readonly reason: string }
  | { readonly state: "refused"; readonly reason: string }
  | { readonly state: "unreadable"; readonly paths: readonly string[] }
  | { readonly state: "conflict"; readonly by: string; readonly open: OpenFiles }
  | { readonly state: "local" }
  | { readonly state: "reader"; readonly reason: string };

interface DraftState {
  /** Whose workspace it is. */
  readonly persona: string;
  /** The draft the workspace is saved into; null until something is changed. */
  readonly name: string | null;
  readonly title: string;
  /** Who began it. */
  readonly author: string;
  readonly standing: ChangeSetState;
  /** The commit everything saved so far is in. */
  readonly head: string | null;
  /** The commit that was live when the workspace was opened, and whether another one is since. */
  readonly live: string | null;
  readonly behind: boolean;
  /** The files as the server has them. */
  readonly saved: Files;
  readonly saving: Saving;
}

export const NO_DRAFT = { name: null, title: "", author: "", standing: "DRAFT", head: null, live: null, behind: false } as const satisfies Partial<DraftState>;

/** The draft that is worked on and whether it is saved. */
export const useDraft = create<DraftState>()(() => ({ ...NO_DRAFT, persona: "", saved: new Map(), saving: { state: "saved", at: null } }));

/** Where the workspace and the server differ. */
export function unsavedPaths(): readonly string[] {
  const { saved } = useDraft.getState();
  const files = currentFiles();
  const changed = [...files].filter(([path, file]) => !sameFile(saved.get(path), file)).map(([path]) => path);
  return [...changed, ...[...saved.keys()].filter((path) => !files.has(path))];
}

/** What the workspace has and the server does not, with what it was made to. */
export function unsaved(): readonly Unsaved[] {
  const { saved, saving } = useDraft.getState();
  const files = currentFiles();
  const before = (path: string): FileState | null => (saving.state === "conflict" ? (saving.open.get(path)?.base ?? saved.get(path)) : saved.get(path)) ?? null;
  return unsavedPaths().map((path) => ({ path, before: before(path), after: files.get(path) ?? null }));
}

/** Keeps in this browser what the server does not have; settles when it is kept. */
export function keepUnsaved(): Promise<void> {
  const { persona, name } = useDraft.getState();
  return keepHere(persona, name, unsaved());
}

/** The same from a page that is going away. */
export function keepUnsavedLeaving(): void {
  const { persona, name } = useDraft.getState();
  keepHereLeaving(persona, name, unsaved());
}

/** Parts with a draft that is closed: what it does not have any more belongs to the next one. */
export function leaveDraft(): void {
  const { persona, name } = useDraft.getState();
  if (name !== null) void keepHere(persona, name, []);
  useDraft.setState({ name: null, head: null });
  void keepUnsaved();
}

/** True while the person at the screen is the one whose workspace this is. */
export function isOwners(): boolean {
  return useSession.getState().persona === useDraft.getState().persona;
}
