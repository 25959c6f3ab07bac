import { create } from "zustand";
import { draftsApi } from "../api/drafts.ts";
import { ApiError } from "../api/http.ts";
import { useSession } from "../api/session.ts";
import { draft as words } from "../strings/draft.ts";
import { fileFromText, sameFile, type FileState } from "./file-state.ts";
import type { Files } from "./history.ts";
import { keepHere, keptHere } from "./kept-here.ts";
import { joinFiles, type FileConflict } from "./join-files.ts";
import { currentFiles, openWorkspace, readFiles, takeIn, useWorkspace } from "./workspace.ts";
import { writeLarge } from "./write-large.ts";

/** Edits are saved this long after the last one. */
const IDLE_MS = 700;
/** An unreachable server is tried again this often. */
const AGAIN_MS = 3_000;

/** Whether what the author did is safe. `local`: there is no repository here, so nothing is saved. */
export type Saving =
  | { readonly state: "saved"; readonly at: string | null }
  | { readonly state: "saving" }
  | { readonly state: "offline"; readonly reason: string }
  | { readonly state: "unreadable"; readonly paths: readonly string[] }
  | { readonly state: "conflict"; readonly by: string; readonly conflicts: readonly FileConflict[]; readonly theirs: Files; readonly head: string }
  | { readonly state: "local" };

interface DraftState {
  /** The draft the workspace is saved into; null until something is changed. */
  readonly name: string | null;
  readonly title: string;
  /** The commit everything saved so far is in. */
  readonly head: string | null;
  /** The files as the server has them. */
  readonly saved: Files;
  readonly saving: Saving;
}

/** The author's draft and whether it is saved. */
export const useDraft = create<DraftState>()(() => ({ name: null, title: "", head: null, saved: new Map(), saving: { state: "saved", at: null } }));

/** Opens what is live, with the author's newest open draft (or the named one), and what this browser kept back. */
export async function openDraft(name?: string): Promise<void> {
  const { persona } = useSession.getState();
  const live = await draftsApi.live();
  if (live.commit === null) {
    openWorkspace(live);
    useDraft.setState({ name: null, title: "", head: null, saved: useWorkspace.getState().history.files, saving: { state: "local" } });
    return;
  }
  const wanted = name ?? (await draftsApi.list(`state=open&author=${encodeURIComponent(persona)}&limit=1`)).drafts[0]?.name;
  const view = wanted === undefined ? null : await draftsApi.one(wanted);
  const files = wanted === undefined ? null : await draftsApi.files(wanted);
  openWorkspace(live, files?.files);
  useDraft.setState({ name: wanted ?? null, title: view?.title ?? "", head: files?.commit ?? null, saved: useWorkspace.getState().history.files, saving: { state: "saved", at: view?.updatedAt ?? null } });
  const kept = keptHere(persona, wanted ?? null);
  if (kept.length > 0) takeIn(kept.map(({ path, text }) => ({ path, after: text === null ? null : fileFromText(text, path, currentFiles().get(path) ?? null) })), words.broughtBack);
}

/** Saves whenever the author rests. Nothing typed is ever thrown away: what the server does not have is kept in the browser. */
export function watchDraft(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    const { name } = useDraft.getState();
    keepHere(useSession.getState().persona, name, unsaved());
  };
  const schedule = (delay: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void keepAndSave(), delay);
  };
  const keepAndSave = async (): Promise<void> => {
    const files = currentFiles();
    await writeLarge(files, useDraft.getState().saved);
    // An edit in the meantime has its own turn.
    if (files !== currentFiles()) return;
    keep();
    if (await save()) schedule(AGAIN_MS);
  };
  const stop = useWorkspace.subscribe((now, before) => {
    if (now.history.files !== before.history.files) schedule(IDLE_MS);
  });
  const leave = (): void => {
    if (!document.hidden) return;
    keep();
    if (unsavedPaths().length > 0) void save();
  };
  document.addEventListener("visibilitychange", leave);
  window.addEventListener("pagehide", keep);
  if (unsavedPaths().length > 0) schedule(0);
  return () => {
    clearTimeout(timer);
    stop();
    document.removeEventListener("visibilitychange", leave);
    window.removeEventListener("pagehide", keep);
  };
}

/** What the workspace has and the server does not. */
function unsaved(): readonly { readonly path: string; readonly text: string | null }[] {
  const files = currentFiles();
  return unsavedPaths().map((path) => ({ path, text: files.get(path)?.text ?? null }));
}

function unsavedPaths(): readonly string[] {
  const { saved } = useDraft.getState();
  const files = currentFiles();
  const changed = [...files].filter(([path, file]) => !sameFile(saved.get(path), file)).map(([path]) => path);
  return [...changed, ...[...saved.keys()].filter((path) => !files.has(path))];
}

let underWay: Promise<boolean> | null = null;

/** Saves now; true when it must be tried again. One save at a time. */
export function save(): Promise<boolean> {
  underWay ??= saveOnce().finally(() => {
    underWay = null;
  });
  return underWay;
}

async function saveOnce(): Promise<boolean> {
  const { saving } = useDraft.getState();
  if (saving.state === "local" || saving.state === "conflict") return false;
  const files = currentFiles();
  const waiting = unsaved();
  const unreadable = waiting.filter(({ path }) => (files.get(path)?.unread ?? null) !== null).map(({ path }) => path);
  const sendable = waiting.filter(({ path }) => !unreadable.includes(path));
  const rest: Saving = unreadable.length > 0 ? { state: "unreadable", paths: unreadable } : { state: "saved", at: new Date().toISOString() };
  if (sendable.length === 0) {
    if (waiting.length > 0 || saving.state !== "saved") useDraft.setState({ saving: rest });
    return false;
  }
  useDraft.setState({ saving: { state: "saving" } });
  try {
    const { name, head } = await ensureDraft();
    const result = await draftsApi.save(name, head, sendable);
    const saved = new Map(useDraft.getState().saved);
    for (const { path, text } of sendable) {
      const state = files.get(path);
      if (text === null || state === undefined) saved.delete(path);
      else saved.set(path, state);
    }
    useDraft.setState({ head: result.head, saved, saving: rest });
    const left = unsavedPaths();
    // What was edited in the meantime is kept in its own turn.
    if (left.length === 0) keepHere(useSession.getState().persona, name, []);
    return left.length > unreadable.length;
  } catch (error) {
    return await notSaved(error);
  }
}

/** The draft to save into, begun when there is none yet. */
async function ensureDraft(): Promise<{ readonly name: string; readonly head: string }> {
  const { name, head } = useDraft.getState();
  if (name !== null && head !== null) return { name, head };
  const { persona } = useSession.getState();
  const begun = await draftsApi.create(`${persona}-${Date.now().toString(36)}`, words.untitled);
  if (begun.head === null) throw new Error(words.gone);
  useDraft.setState({ name: begun.name, title: begun.title, head: begun.head });
  return { name: begun.name, head: begun.head };
}

async function notSaved(error: unknown): Promise<boolean> {
  if (error instanceof ApiError && error.code === "draft-conflict") {
    await joinNewer();
    return useDraft.getState().saving.state !== "conflict";
  }
  const reason = error instanceof Error ? error.message : String(error);
  useDraft.setState({ saving: { state: "offline", reason } });
  return !(error instanceof ApiError) || error.status === null || error.status >= 500;
}

/** Somebody else saved the same draft: joins their state with this one; what both changed at the same place is asked. */
async function joinNewer(): Promise<void> {
  const { name, saved } = useDraft.getState();
  if (name === null) return;
  const [view, newer] = await Promise.all([draftsApi.one(name), draftsApi.files(name)]);
  const theirs = readFiles(newer.files, saved);
  const { joined, conflicts } = await joinFiles(saved, currentFiles(), theirs);
  takeIn(joined, words.joined);
  const by = view.commits[0]?.author.name ?? view.author;
  if (conflicts.length > 0) useDraft.setState({ saving: { state: "conflict", by, conflicts, theirs, head: newer.commit } });
  else useDraft.setState({ head: newer.commit, saved: theirs, saving: { state: "saving" } });
}

/** Settles a conflict with the author's choice for each file, and goes on saving. */
export function resolve(chosen: ReadonlyMap<string, FileState | null>): void {
  const { saving } = useDraft.getState();
  if (saving.state !== "conflict") return;
  useDraft.setState({ head: saving.head, saved: saving.theirs, saving: { state: "saving" } });
  takeIn([...chosen].map(([path, after]) => ({ path, after })), words.settled);
  void save();
}
