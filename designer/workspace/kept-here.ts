/** A change the server does not have yet, with what it was made to, so that it can be joined with what others did meanwhile. */
export interface Kept {
  readonly path: string;
  readonly text: string | null;
  readonly before: string | null;
}

const keyOf = (persona: string, draft: string | null): string => `orderloom-kept:${persona}:${draft ?? ""}`;

/** What this page has kept: another page of the same person may keep something of its own, which is not this page's to forget. */
const written = new Set<string>();

/** Keeps in this browser what the server does not have, so that closing the page loses nothing. A browser without room keeps what it kept. */
export function keepHere(persona: string, draft: string | null, changes: readonly Kept[]): void {
  if (draft !== null) forget(keyOf(persona, null));
  const key = keyOf(persona, draft);
  if (changes.length === 0) {
    forget(key);
    return;
  }
  try {
    localStorage.setItem(key, JSON.stringify(changes));
    written.add(key);
  } catch {
    // There is no room: the page still has it, and the server gets it at the next save.
  }
}

/** What was kept, also from before the draft had a name. From now on it is this page's. */
export function keptHere(persona: string, draft: string | null): readonly Kept[] {
  for (const key of [keyOf(persona, draft), keyOf(persona, null)]) {
    const kept = localStorage.getItem(key);
    if (kept === null) continue;
    written.add(key);
    return JSON.parse(kept) as readonly Kept[];
  }
  return [];
}

function forget(key: string): void {
  if (written.delete(key)) localStorage.removeItem(key);
}
