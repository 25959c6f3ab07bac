import type { ChangeView } from "../../server/promotion/change-view.ts";
import { draftsApi } from "../api/drafts.ts";
import { ApiError } from "../api/http.ts";
import { useSession } from "../api/session.ts";
import { refusalOf } from "../app/permissions.ts";
import { draft as words } from "../strings/draft.ts";
import { startDraftService } from "../worker/draft.ts";
import type { KeptFile } from "../worker/kept-store.ts";
import { chosenDraft, chooseDraft } from "./chosen-draft.ts";
import { NO_DRAFT, useDraft, type Saving } from "./draft-state.ts";
import { fileFromText } from "./file-state.ts";
import type { Files } from "./history.ts";
import { joinFiles } from "./join-files.ts";
import { keptHere } from "./kept-here.ts";
import { currentFiles, openWorkspace, takeIn, useWorkspace } from "./workspace.ts";

/** Opens what is live, with the draft that is worked on, and joins what this browser kept back with it. */
export async function openDraft(): Promise<void> {
  const { persona, personas } = useSession.getState();
  const live = await draftsApi.live();
  const reader = refusalOf("definition.draft", personas.find((known) => known.persona === persona) ?? null);
  if (live.commit === null || reader !== undefined) {
    openWorkspace(live);
    const saving: Saving = reader === undefined ? { state: "local" } : { state: "reader", reason: reader };
    useDraft.setState({ ...NO_DRAFT, persona, live: live.commit, saved: currentFiles(), saving });
    return;
  }
  const [view] = await Promise.all([wantedDraft(persona), startDraftService()]);
  const files = view === null ? null : await draftsApi.files(view.name);
  // What the draft changes is told against what it began with, also when something else is live meanwhile.
  const base = view === null || view.base === null || view.base === live.commit ? live : { ...live, files: (await draftsApi.files(view.name, view.base)).files };
  openWorkspace(base, files?.files);
  useDraft.setState({
    ...NO_DRAFT, persona, ...(view === null ? {} : { name: view.name, title: view.title, author: view.author, standing: view.state, behind: view.behind }),
    live: live.commit, head: files?.commit ?? null, saved: currentFiles(), saving: { state: "saved", at: view?.updatedAt ?? null },
  });
  bringBack(await keptHere(persona, view?.name ?? null), view?.commits[0]?.author.name ?? view?.author ?? "");
}

/** The draft that was chosen, else the author's newest open one, else none. */
async function wantedDraft(persona: string): Promise<ChangeView | null> {
  const chosen = chosenDraft(persona);
  if (chosen === "") return null;
  const view = chosen === null ? null : await draftsApi.one(chosen).catch(ifGone);
  if (view !== null && view.head !== null && OPEN.has(view.state)) return view;
  chooseDraft(persona, null);
  const [newest] = (await draftsApi.list(`state=open&author=${encodeURIComponent(persona)}&limit=1`)).drafts;
  return newest === undefined ? null : draftsApi.one(newest.name);
}

const OPEN: ReadonlySet<ChangeView["state"]> = new Set(["DRAFT", "SUBMITTED", "APPROVED"]);

function ifGone(error: unknown): null {
  if (error instanceof ApiError && error.status === 404) return null;
  throw error;
}

/** Joins what was kept with what the server has now; what both changed is asked. */
function bringBack(kept: readonly KeptFile[], by: string): void {
  if (kept.length === 0) return;
  const theirs = currentFiles();
  const live = useWorkspace.getState().baseFiles;
  const [base, ours] = [new Map(theirs), new Map(theirs)];
  for (const { path, text, before } of kept) {
    put(base, path, before, theirs);
    put(ours, path, text, base.has(path) ? base : live);
  }
  const { changes, open } = joinFiles(base, ours, theirs);
  const joined = new Map(changes.map(({ path, after }) => [path, after]));
  takeIn(kept.map(({ path }) => ({ path, after: joined.has(path) ? (joined.get(path) ?? null) : (ours.get(path) ?? null) })), words.broughtBack);
  if (open.size > 0) useDraft.setState({ saving: { state: "conflict", by, open } });
}

function put(files: Map<string, ReturnType<typeof fileFromText>>, path: string, text: string | null, known: Files): void {
  if (text === null) files.delete(path);
  else files.set(path, fileFromText(text, path, known.get(path) ?? null));
}
