import { create } from "zustand";
import type { Definition } from "../../engine/language/kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import type { LiveDefinitions } from "../../server/api/definition-routes.ts";
import { fileFromText, fileOf, sameFile, type FileState } from "./file-state.ts";
import { doStep, redoStep, startHistory, undoStep, type Files, type History, type Place } from "./history.ts";

/** How an edit is told apart, undone and found again. */
export interface EditNote {
  /** What was done, in words: "Add task Reserve router". */
  readonly label: string;
  /** JSON Pointer of the place, shown again when the step is undone. */
  readonly pointer?: string;
  /** Edits in a row with the same burst are one step. */
  readonly burst?: string;
}

interface WorkspaceState {
  /** The release that is live; null until it is read. */
  readonly live: LiveDefinitions["release"] | null;
  readonly baseFiles: Files;
  readonly history: History;
  /** Where the last undone or redone step happened; views go there. */
  readonly shownPlace: Place | null;
}

const EMPTY: Files = new Map();
const RELEASE_FILE = "release.json";

/** What the author works on: the files of the live release with the author's changes, and one history of all changes. */
export const useWorkspace = create<WorkspaceState>()(() => ({ live: null, baseFiles: EMPTY, history: startHistory(EMPTY), shownPlace: null }));

/** Starts over from what is live, with the files of a draft where there is one. Files that are the same share one state. */
export function openWorkspace({ release, files: liveFiles }: Pick<LiveDefinitions, "release" | "files">, draftFiles: LiveDefinitions["files"] = liveFiles): void {
  const baseFiles = readFiles(liveFiles, EMPTY);
  useWorkspace.setState({ live: release, baseFiles, history: startHistory(draftFiles === liveFiles ? baseFiles : readFiles(draftFiles, baseFiles)), shownPlace: null });
}

/** Texts as files; what is the same in `known` is taken from there. The name of a release is no definition. */
export function readFiles(texts: LiveDefinitions["files"], known: Files): Files {
  const read = texts.filter(({ path }) => path !== RELEASE_FILE).map(({ path, text }): [string, FileState] => {
    const same = known.get(path);
    return [path, same?.text === text ? same : fileFromText(text, path, null)];
  });
  return new Map(read);
}

/** Takes in what came from elsewhere, as one step: what others saved, joined with what was done here. */
export function takeIn(changes: readonly { readonly path: string; readonly after: FileState | null }[], label: string): void {
  put(changes, { label });
}

/** Gives files new content, or takes them away with null: one step. */
export function editFiles(changes: readonly { readonly path: string; readonly content: Json }[], note: EditNote): void {
  put(changes.map(({ path, content }) => ({ path, after: content === null ? null : fileOf(content) })), note);
}

/** Gives one definition new content. */
export function editDefinition(definition: Definition, note: EditNote): void {
  editFiles([{ path: pathOf(definition.kind, definition.key), content: definition as unknown as Json }], note);
}

/** Takes what was typed into the JSON view of a file; text that is no JSON is kept, and the content stays as it was. */
export function typeText(path: string, text: string, label: string): void {
  put([{ path, after: fileFromText(text, path, currentFiles().get(path) ?? null) }], { label, burst: `text ${path}` });
}

function put(changes: readonly { readonly path: string; readonly after: FileState | null }[], { label, pointer = "", burst }: EditNote): void {
  useWorkspace.setState(({ history }) => {
    const step = changes.map(({ path, after }) => ({ path, before: history.files.get(path) ?? null, after })).filter(({ before, after }) => !sameFile(before, after) || before?.text !== after?.text);
    const first = step[0];
    return { history: doStep(history, { label, changes: step, place: first === undefined ? null : { path: first.path, pointer }, burst: burst ?? null }) };
  });
}

export function undo(): void {
  useWorkspace.setState(({ history }) => ({ history: undoStep(history), shownPlace: history.past.at(-1)?.place ?? null }));
}

export function redo(): void {
  useWorkspace.setState(({ history }) => ({ history: redoStep(history), shownPlace: history.future[0]?.place ?? null }));
}

export function currentFiles(): Files {
  return useWorkspace.getState().history.files;
}

export function pathOf(kind: string, key: string): string {
  return `${kind}/${key}.json`;
}

/** The file of a definition, and again whenever it changes. */
export function useFile(path: string): FileState | null {
  return useWorkspace(({ history }) => history.files.get(path) ?? null);
}

/** True for content with the head that every definition has; what else it holds may still be wrong. */
export function isDefinition(content: unknown): content is Definition {
  return typeof content === "object" && content !== null && "kind" in content && typeof content.kind === "string" && "key" in content && typeof content.key === "string";
}

/** How a file differs from the release it started from. */
export type FileChangeKind = "added" | "changed" | "removed";

/** The files of the draft that differ from its base. */
export function changedFiles(baseFiles: Files, files: Files): ReadonlyMap<string, FileChangeKind> {
  const changed = new Map<string, FileChangeKind>();
  for (const [path, file] of files) {
    const base = baseFiles.get(path);
    if (base === undefined) changed.set(path, "added");
    else if (!sameFile(base, file)) changed.set(path, "changed");
  }
  for (const path of baseFiles.keys()) if (!files.has(path)) changed.set(path, "removed");
  return changed;
}
