/** A text of somebody else's as a sentence of its own: it ends with exactly one mark. */
export function asSentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

/** The same text in the middle of a sentence. */
export function asClause(text: string): string {
  return text.trim().replace(/\.+$/, "");
}
