const HIDDEN = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/;

/**
 * The code point of the first character that changes the direction of text or is invisible, such as `U+202E`: what a
 * reviewer sees would not be what runs. Null when there is none.
 */
export function findHiddenCharacter(text: string): string | null {
  const match = HIDDEN.exec(text);
  if (!match) return null;
  return `U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
