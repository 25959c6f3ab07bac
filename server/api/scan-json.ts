import { JsonTextError, readJsonText, type JsonFault, type JsonReaderRules } from "../../engine/support/json-text.ts";
import type { Json } from "../../engine/support/json.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { FieldProblem } from "../problems/problem.ts";
import type { ProblemCode } from "../problems/problem-codes.ts";
import { isReservedName } from "./reserved-names.ts";

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const RULES: JsonReaderRules = {
  maxDepth: SERVER_LIMITS.bodyDepth,
  maxListItems: SERVER_LIMITS.listItems,
  normalize: (text) => text,
  checkName: (name) => (isReservedName(name) ? "A property here has a reserved name; choose another one." : null),
  checkText,
  checkNumber: (digits, value) =>
    keepsExactly(digits, value) ? null : `Send an integer within 2^53 or a decimal of at most ${SERVER_LIMITS.numberDigits} digits.`,
};

const CODES: Readonly<Record<JsonFault, ProblemCode>> = {
  "malformed": "malformed-json", "forbidden-character": "malformed-json", "number-out-of-range": "number-out-of-range", "duplicate-name": "duplicate-key",
  "forbidden-name": "forbidden-property", "too-deep": "too-deep", "too-many-items": "too-many-items",
};

/** The value of a body, or the first thing that is wrong with its text. */
export type ScannedJson = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: FieldProblem };

/**
 * Reads a request body as JSON and refuses what `JSON.parse` hides or bends: properties that stand twice (a signer may have
 * read the other one), names that reach into prototypes, depth, long lists, numbers that a double cannot keep, NUL and lone
 * surrogates.
 */
export function scanJson(text: string): ScannedJson {
  try {
    return { ok: true, value: readJsonText(text, RULES) };
  } catch (error) {
    if (error instanceof JsonTextError) return { ok: false, problem: { code: CODES[error.fault], pointer: error.pointer, detail: error.message } };
    throw error;
  }
}

function checkText(text: string): string | null {
  if (text.includes("\u0000")) return "A text here holds NUL; remove it.";
  return LONE_SURROGATE.test(text) ? "A text here holds half a character (a lone surrogate); remove it." : null;
}

/** True when the double says the same as the digits did: finite, not a negative or vanished zero, not rounded. */
function keepsExactly(digits: string, value: number): boolean {
  if (!Number.isFinite(value) || Object.is(value, -0)) return false;
  const mantissa = digits.replace(/[eE].*$/, "").replace(/^-/, "");
  if (value === 0) return /^[0.]*$/.test(mantissa);
  if (Number.isInteger(value) && !mantissa.includes(".")) return Number.isSafeInteger(value);
  const significant = mantissa.replace(".", "").replace(/^0+/, "").replace(/0+$/, "");
  return significant.length <= SERVER_LIMITS.numberDigits && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}
