import { patchBetween, type ContentPatch } from "../worker/content-patch.ts";
import type { Telling, ToldState } from "../worker/file-texts.ts";
import type { FileState } from "./file-state.ts";

/** A file the server has not as it is here, with the state the change was made to. */
export interface Unsaved {
  readonly path: string;
  readonly before: FileState | null;
  readonly after: FileState | null;
}

/** The same with numbers for states, as the worker knows them. */
export interface NumberedChange {
  readonly path: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** Nothing differs: a state of its own with the content of another. */
const SAME: ContentPatch = { members: {} };

/**
 * What the worker knows of the states of files. A state is told once; a large table by what differs from the one of its file
 * that was told last, so that its text is never written here.
 */
export class ToldFiles {
  readonly #numbers = new Map<FileState, number>();
  readonly #last = new Map<string, FileState>();
  #count = 0;

  /** Numbers the states of these changes, and says what the worker must hear to know them; it counts as heard. */
  tell(changes: readonly Unsaved[]): { readonly changes: readonly NumberedChange[]; readonly telling: Telling } {
    const states: ToldState[] = [];
    const number = (path: string, state: FileState | null): number | null => (state === null ? null : this.#tell(path, state, states));
    const numbered = changes.map(({ path, before, after }) => ({ path, before: number(path, before), after: number(path, after) }));
    return { changes: numbered, telling: { states, forget: this.#forget(changes) } };
  }

  #tell(path: string, state: FileState, states: ToldState[]): number {
    const known = this.#numbers.get(state);
    const number = known ?? (this.#count += 1);
    if (known === undefined) states.push({ number, ...this.#described(path, state) });
    this.#numbers.set(state, number);
    this.#last.set(path, state);
    return number;
  }

  #described(path: string, state: FileState): { readonly text: string } | { readonly from: number | null; readonly patch: ContentPatch } {
    if (state.isWritten) return { text: state.text };
    const last = this.#last.get(path);
    const from = last?.unread === null ? (this.#numbers.get(last) ?? null) : null;
    return { from, patch: patchBetween(from === null ? undefined : last?.content, state.content) ?? SAME };
  }

  /** States that are neither in a change nor the last of their file: the next one is told by the last. */
  #forget(changes: readonly Unsaved[]): number[] {
    const needed = new Set<FileState | null>([...this.#last.values(), ...changes.flatMap(({ before, after }) => [before, after])]);
    const gone = [...this.#numbers].filter(([state]) => !needed.has(state));
    for (const [state] of gone) this.#numbers.delete(state);
    return gone.map(([, number]) => number);
  }
}

/** What the worker of the draft knows. */
export const toldFiles = new ToldFiles();
