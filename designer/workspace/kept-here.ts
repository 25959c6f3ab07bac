import { draftService } from "../worker/draft.ts";
import { readKept, writeKeptLeaving, type KeptFile, type KeptPlace } from "../worker/kept-store.ts";
import { toldFiles, type Unsaved } from "./told-files.ts";

/** A place this page keeps something at, and the states it has there; null when that is to be forgotten or is not known. */
interface Mine {
  readonly place: KeptPlace;
  states: Unsaved | null;
}

/** What this page has kept: another page of the same person may keep something of its own, which is not this page's to forget. */
const mine = new Map<string, Mine>();
let kept: Promise<void> = Promise.resolve();

/** Keeps in this browser what the server does not have. Settles when it is kept; a browser without room keeps what it kept. */
export function keepHere(persona: string, draft: string | null, changes: readonly Unsaved[]): Promise<void> {
  const wanted = changes.filter((change) => !isKept(persona, draft, change));
  const forget = outdated(persona, draft, changes);
  if (wanted.length > 0 || forget.length > 0) kept = keep(persona, draft, changes, new Set(wanted), forget);
  return kept;
}

/** Has the worker keep some of the changes; all of them are told, so that it goes on knowing those that are kept already. */
async function keep(persona: string, draft: string | null, changes: readonly Unsaved[], wanted: ReadonlySet<Unsaved>, forget: readonly Mine[]): Promise<void> {
  const { changes: numbered, telling } = toldFiles.tell(changes);
  const files = numbered.map((change) => ({ ...change, ...placeOf(persona, draft, change.path) })).filter((_, index) => wanted.has(changes[index] as Unsaved));
  const entries = [...wanted].map((change) => own(persona, draft, change));
  for (const entry of forget) entry.states = null;
  try {
    await draftService().keep(telling, files, forget.map(({ place }) => place));
    for (const { place, states } of forget) if (states === null) mine.delete(keyOf(place));
  } catch {
    // There is no room: the page still has it, the server gets it at the next save, and the next edit tries again.
    for (const entry of entries) entry.states = null;
  }
}

/** Keeps what is not slow to write from a page that is going away and cannot wait for the worker any more. */
export function keepHereLeaving(persona: string, draft: string | null, changes: readonly Unsaved[]): void {
  void keepHere(persona, draft, changes);
  const quick = changes.filter(({ before, after }) => before?.isWritten !== false && after?.isWritten !== false);
  const files = quick.map(({ path, before, after }): KeptFile => ({ ...placeOf(persona, draft, path), text: after?.text ?? null, before: before?.text ?? null }));
  writeKeptLeaving(files, outdated(persona, draft, changes).map(({ place }) => place));
}

/** What was kept, also from before the draft had a name. From now on it is this page's. A browser that keeps nothing kept nothing. */
export async function keptHere(persona: string, draft: string | null): Promise<readonly KeptFile[]> {
  await kept;
  const named = await readKept(persona, draft ?? "").catch(() => []);
  const found = named.length > 0 || draft === null ? named : await readKept(persona, "").catch(() => []);
  for (const { text: _text, before: _before, ...place } of found) mine.set(keyOf(place), { place, states: null });
  return found;
}

function own(persona: string, draft: string | null, states: Unsaved): Mine {
  const place = placeOf(persona, draft, states.path);
  const entry = mine.get(keyOf(place)) ?? { place, states };
  entry.states = states;
  mine.set(keyOf(place), entry);
  return entry;
}

function isKept(persona: string, draft: string | null, { path, before, after }: Unsaved): boolean {
  const states = mine.get(keyOf(placeOf(persona, draft, path)))?.states;
  return states?.before === before && states.after === after;
}

/** What this page kept for the draft, or for the one without a name that became it, and does not keep any more. */
function outdated(persona: string, draft: string | null, changes: readonly Unsaved[]): readonly Mine[] {
  const wanted = new Set(changes.map(({ path }) => keyOf(placeOf(persona, draft, path))));
  return [...mine.values()].filter(({ place }) => place.persona === persona && (place.draft === "" || place.draft === draft) && !wanted.has(keyOf(place)));
}

function placeOf(persona: string, draft: string | null, path: string): KeptPlace {
  return { persona, draft: draft ?? "", path };
}

function keyOf({ persona, draft, path }: KeptPlace): string {
  return JSON.stringify([persona, draft, path]);
}
