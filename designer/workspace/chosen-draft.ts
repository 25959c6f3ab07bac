const keyOf = (persona: string): string => `orderloom-draft:${persona}`;

/** The draft a person works on in this browser: its name, "" when a new one is to begin, null when nothing was chosen. */
export function chosenDraft(persona: string): string | null {
  return localStorage.getItem(keyOf(persona));
}

/** Remembers the choice, so that loading the page again comes back to it. */
export function chooseDraft(persona: string, name: string | null): void {
  if (name === null) localStorage.removeItem(keyOf(persona));
  else localStorage.setItem(keyOf(persona), name);
}
