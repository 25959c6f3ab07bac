import { FORBIDDEN_SEGMENTS } from "../rules/facts.ts";
import { JsonTextError, readJsonText, type JsonFault, type JsonReaderRules } from "../support/json-text.ts";
import type { Json } from "../support/json.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { diagnosticCodes } from "./diagnostic-codes.ts";
import { LIMITS } from "./limits.ts";
import { normalizeText } from "./normalize-texts.ts";
import { findHiddenCharacter } from "./suspicious-characters.ts";

export type ParsedDefinition =
  | { readonly ok: true; readonly content: Json }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const RULES: JsonReaderRules = {
  maxDepth: LIMITS.depth,
  maxListItems: Infinity,
  normalize: normalizeText,
  checkName: (name) => (FORBIDDEN_SEGMENTS.has(name) ? `A property may not be called "${name}"; choose another name.` : null),
  checkText(text) {
    const hidden = findHiddenCharacter(text);
    return hidden === null ? null : `The text holds the invisible character ${hidden}; remove it.`;
  },
  checkNumber: (digits, value) => (Number.isFinite(value) ? null : `The number ${digits} is too large.`),
};

const CODES: Readonly<Record<JsonFault, string>> = {
  "malformed": "malformed", "number-out-of-range": "malformed", "duplicate-name": "duplicate-key", "forbidden-name": "forbidden-property",
  "forbidden-character": "bidi-control", "too-deep": "too-deep", "too-many-items": "too-large",
};

/**
 * Reads the text of one definition. Stricter than `JSON.parse`: it refuses a property that stands twice (the author would
 * lose one), names that reach into the prototype, more than `LIMITS.depth` levels, and characters that hide what the text
 * says. Texts come out normalized (NFC, LF), so that what looks the same is the same. Never throws; the diagnostic names line and column.
 */
export function parseDefinition(text: string, path: string): ParsedDefinition {
  const refuse = (code: string, pointer: string, message: string): ParsedDefinition => ({
    ok: false,
    diagnostics: [{ code, severity: diagnosticCodes[code]?.severity ?? "error", file: path, path: pointer, message }],
  });
  if (isLongerThan(text, LIMITS.definitionBytes)) {
    return refuse(
      "too-large", "",
      `The file is larger than ${LIMITS.definitionBytes / (1024 * 1024)} MB; split it into several definitions.`,
    );
  }
  try {
    return { ok: true, content: readJsonText(text, RULES) };
  } catch (error) {
    if (error instanceof JsonTextError) return refuse(CODES[error.fault], error.pointer, `${error.message} (line ${error.line}, column ${error.column})`);
    throw error;
  }
}

function isLongerThan(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  if (text.length * 3 <= bytes) return false;
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // A surrogate pair is four bytes: two for each half.
    count += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return count > bytes;
}
