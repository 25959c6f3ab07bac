import { draftsApi } from "../api/drafts.ts";
import { ApiError } from "../api/http.ts";
import { useSession } from "../api/session.ts";
import { draft as words } from "../strings/draft.ts";
import { chooseDraft } from "./chosen-draft.ts";
import { isOwners, keepUnsaved, unsaved, unsavedPaths, useDraft, type Saving } from "./draft-state.ts";
import { decide, joinFiles, type JoinChoices } from "./join-files.ts";
import { sendDraft } from "./send-draft.ts";
import { currentFiles, readFiles, takeIn } from "./workspace.ts";

/** An unreachable server is tried again this often. */
const AGAIN_MS = 3_000;

/** What follows a save: nothing, another one in so many milliseconds, or starting over because the draft is closed. */
export type Next = { readonly what: "rest" } | { readonly what: "again"; readonly inMs: number } | { readonly what: "start-over" };

const REST: Next = { what: "rest" };
const NOW: Next = { what: "again", inMs: 0 };

let underWay: Promise<Next> | null = null;

/** True while something is on its way to the server. */
export function isSaving(): boolean {
  return underWay !== null;
}

/** Saves now. One save at a time. */
export function save(): Promise<Next> {
  underWay ??= saveOnce().finally(() => {
    underWay = null;
  });
  return underWay;
}

async function saveOnce(): Promise<Next> {
  const { saving } = useDraft.getState();
  if (!isOwners() || saving.state === "local" || saving.state === "reader" || saving.state === "conflict") return REST;
  const waiting = unsaved();
  const unreadable = waiting.filter(({ after }) => (after?.unread ?? null) !== null).map(({ path }) => path);
  const sendable = waiting.filter(({ path }) => !unreadable.includes(path));
  const rest = (): Saving => (unreadable.length > 0 ? { state: "unreadable", paths: unreadable } : { state: "saved", at: new Date().toISOString() });
  if (sendable.length === 0) {
    if (waiting.length > 0 || saving.state !== "saved") useDraft.setState({ saving: rest() });
    return REST;
  }
  useDraft.setState({ saving: { state: "saving" } });
  try {
    const { name, head } = await ensureDraft();
    const result = await sendDraft(name, head, sendable);
    const saved = new Map(useDraft.getState().saved);
    for (const { path, after } of sendable) {
      if (after === null) saved.delete(path);
      else saved.set(path, after);
    }
    useDraft.setState({ head: result.head, saved, standing: "DRAFT", saving: rest() });
    const left = unsavedPaths();
    // What was edited in the meantime is kept in its own turn.
    if (left.length === 0) void keepUnsaved();
    return left.length > unreadable.length ? NOW : REST;
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
  useDraft.setState({ name: begun.name, title: begun.title, author: begun.author, standing: begun.state, head: begun.head });
  chooseDraft(persona, begun.name);
  return { name: begun.name, head: begun.head };
}

async function notSaved(error: unknown): Promise<Next> {
  const code = error instanceof ApiError ? error.code : null;
  if (code === "draft-conflict") {
    await joinNewer();
    return useDraft.getState().saving.state === "conflict" ? REST : NOW;
  }
  if (code === "invalid-transition") return { what: "start-over" };
  const reason = error instanceof Error ? error.message : String(error);
  const refused = error instanceof ApiError && error.status !== null && error.status < 500 && error.status !== 401;
  // "Kept here" is said when it is true.
  await keepUnsaved();
  useDraft.setState({ saving: { state: refused ? "refused" : "offline", reason } });
  return refused ? REST : { what: "again", inMs: AGAIN_MS };
}

/** Somebody else saved the same draft, here or by Git: joins their state with this one; what both changed at the same place is asked. */
export async function joinNewer(): Promise<void> {
  const { name, saved } = useDraft.getState();
  if (name === null) return;
  const [view, newer] = await Promise.all([draftsApi.one(name), draftsApi.files(name)]);
  const theirs = readFiles(newer.files, saved);
  const { changes, open } = joinFiles(saved, currentFiles(), theirs);
  const by = view.commits[0]?.author.name ?? view.author;
  // From here on theirs is what was saved last, and what is open waits for a decision.
  useDraft.setState({ head: newer.commit, title: view.title, standing: view.state, saved: theirs, saving: open.size > 0 ? { state: "conflict", by, open } : { state: "saved", at: view.updatedAt } });
  takeIn(changes, words.joined);
  void keepUnsaved();
}

/** Settles a conflict as chosen, with what was typed since, and goes on saving. */
export function settle(choices: JoinChoices): void {
  const { saving } = useDraft.getState();
  if (saving.state !== "conflict") return;
  const changes = decide(saving.open, currentFiles(), choices);
  useDraft.setState({ saving: { state: "saving" } });
  takeIn(changes, words.settled);
  void save();
}
