import { draftsApi } from "../api/drafts.ts";
import { isOwners, keepUnsaved, keepUnsavedLeaving, unsavedPaths, useDraft } from "./draft-state.ts";
import { useOpenChanges } from "./open-changes.ts";
import { isSaving, joinNewer, save } from "./save-draft.ts";
import { useWorkspace } from "./workspace.ts";

/** Edits are saved this long after the last one, and never later than this after the first that is not saved. */
const IDLE_MS = 700;
const LONGEST_MS = 1_500;
/** Edits are kept in this browser after this. */
const KEEP_MS = 100;
/** How often it is looked what others do. */
const OTHERS_MS = 5_000;

/** Saves whenever the author rests, and takes in what others save. Nothing typed is ever thrown away: what the server does not have is kept in the browser. */
export function watchDraft(startOver: () => void): () => void {
  const stops = [watchEdits(startOver), watchOthers(startOver), watchLeaving()];
  return () => {
    for (const stop of stops) stop();
  };
}

function watchEdits(startOver: () => void): () => void {
  let saving: ReturnType<typeof setTimeout> | undefined;
  let keeping: ReturnType<typeof setTimeout> | undefined;
  let dueMs: number | null = null;
  const saveIn = (ms: number): void => {
    clearTimeout(saving);
    saving = setTimeout(() => void saveNow(), ms);
  };
  const saveNow = async (): Promise<void> => {
    dueMs = null;
    const next = await save();
    if (next.what === "again") saveIn(next.inMs);
    if (next.what === "start-over") startOver();
  };
  const keepNow = (): void => {
    keeping = undefined;
    void keepUnsaved();
  };
  const edited = (): void => {
    keeping ??= setTimeout(keepNow, KEEP_MS);
    dueMs ??= Date.now() + LONGEST_MS;
    saveIn(Math.max(0, Math.min(IDLE_MS, dueMs - Date.now())));
  };
  const stop = useWorkspace.subscribe((now, before) => {
    if (now.history.files !== before.history.files) edited();
  });
  if (unsavedPaths().length > 0) saveIn(0);
  return () => {
    clearTimeout(saving);
    clearTimeout(keeping);
    void keepUnsaved();
    stop();
  };
}

/** A page that is left keeps what it has; one that is only hidden saves it, too. */
function watchLeaving(): () => void {
  const hidden = (): void => {
    if (!document.hidden) return;
    void keepUnsaved();
    if (unsavedPaths().length > 0) void save();
  };
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", keepUnsavedLeaving);
  return () => {
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("pagehide", keepUnsavedLeaving);
  };
}

/** Looks what others work on: whoever saves into this draft is joined with, and what goes live is said. */
function watchOthers(startOver: () => void): () => void {
  const look = async (): Promise<void> => {
    const { saving } = useDraft.getState();
    if (document.hidden || !isOwners() || saving.state === "local" || saving.state === "reader") return;
    const open = await draftsApi.openChanges().catch(() => null);
    if (open === null) return;
    useOpenChanges.setState(open);
    const { name, head, live } = useDraft.getState();
    const own = open.drafts.find((draft) => draft.name === name);
    if (isSaving() || useDraft.getState().saving.state === "conflict") return;
    if (name === null ? open.live !== live && unsavedPaths().length === 0 : own === undefined) startOver();
    else if (own !== undefined && own.head !== head) await joinNewer().catch(() => undefined);
    else if (own !== undefined) useDraft.setState({ title: own.title, standing: own.state, behind: useDraft.getState().behind || open.live !== live });
  };
  const timer = setInterval(() => void look(), OTHERS_MS);
  void look();
  return () => clearInterval(timer);
}
