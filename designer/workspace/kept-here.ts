/** A change the server does not have yet. */
export interface Kept {
  readonly path: string;
  readonly text: string | null;
}

const key = (persona: string, draft: string | null): string => `orderloom-kept:${persona}:${draft ?? ""}`;

/** Keeps in this browser what the server does not have, so that closing the page loses nothing. */
export function keepHere(persona: string, draft: string | null, changes: readonly Kept[]): void {
  if (changes.length === 0) localStorage.removeItem(key(persona, draft));
  else localStorage.setItem(key(persona, draft), JSON.stringify(changes));
  if (draft !== null) localStorage.removeItem(key(persona, null));
}

/** What was kept, also from before the draft had a name. */
export function keptHere(persona: string, draft: string | null): readonly Kept[] {
  const kept = localStorage.getItem(key(persona, draft)) ?? localStorage.getItem(key(persona, null));
  return kept === null ? [] : (JSON.parse(kept) as readonly Kept[]);
}
