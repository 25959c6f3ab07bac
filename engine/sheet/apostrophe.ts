/** What a spreadsheet may take for the start of a formula when it is typed or read from a CSV file; some skip white space before it. */
const FORMULA_START = /^(?:\s*[=+\-@]|[\t\r\n])/;
const GUARDED = /^'+(?:\s*[=+\-@]|[\t\r\n])/;
const NEEDS_GUARD = /^'*(?:\s*[=+\-@]|[\t\r\n])/;

/** The cell that matches anything; no spreadsheet takes it for a formula. */
export const ANY = "-";

/**
 * A text as it is written into a spreadsheet: one that begins like a formula gets an apostrophe in front, so that it stays a
 * text wherever the file goes. `withoutApostrophe` gives exactly the text back, also one that had apostrophes of its own.
 */
export function withApostrophe(text: string): string {
  return text !== ANY && NEEDS_GUARD.test(text) ? `'${text}` : text;
}

/** The text behind the apostrophe that marks it as no formula. */
export function withoutApostrophe(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}

/** True for a text that a spreadsheet would take for a formula. */
export function looksLikeFormula(text: string): boolean {
  return text.trim() !== ANY && FORMULA_START.test(text);
}
