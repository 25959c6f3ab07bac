import { RE2JS } from "re2js";
import type { Report } from "./diagnostic.ts";
import { LIMITS } from "./limits.ts";
import { hasNestedQuantifier } from "./nested-quantifier.ts";

/**
 * Reports a regular expression that could run for longer than its text is long: too long itself, not RE2 (look-around,
 * back references), or with repetitions inside repetitions. RE2 would run the last kind in linear time, but other readers
 * of the same schema, such as a browser, would not.
 */
export function checkPattern(pattern: string, report: Report, path: string): void {
  if (pattern.length > LIMITS.patternLength) {
    return report("regex-not-linear", path, `The pattern is longer than ${LIMITS.patternLength} characters; shorten it.`);
  }
  try {
    RE2JS.compile(pattern);
  } catch {
    return report(
      "regex-not-linear", path,
      `The pattern ${shorten(pattern)} is not an RE2 pattern; remove look-around and back references.`,
    );
  }
  if (hasNestedQuantifier(pattern)) {
    report(
      "regex-not-linear", path,
      `The pattern ${shorten(pattern)} repeats something that is itself repeated or ambiguous; rewrite it with one repetition, such as a+ instead of (a+)+.`,
    );
  }
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
