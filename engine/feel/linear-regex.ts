import { FeelFunction } from "feelin";
import { RE2JS } from "re2js";

const FLAGS: { readonly [flag: string]: number } = { i: RE2JS.CASE_INSENSITIVE, s: RE2JS.DOTALL, m: RE2JS.MULTILINE };
const CACHED_MAX = 500;
const compiled = new Map<string, RE2JS | null>();

/**
 * FEEL's functions with regular expressions, on RE2 instead of the backtracking engine that feelin uses: a pattern of an
 * author and a text of a customer must not be able to stop the engine together. Look-around and back references do not
 * exist; a pattern that has them makes the function null.
 */
export const LINEAR_REGEX_FUNCTIONS = {
  matches: new FeelFunction(
    (input: unknown, pattern: unknown, flags: unknown) =>
      typeof input === "string" ? (regexOf(pattern, flags)?.matcher(input).find() ?? null) : null,
    ["input", "pattern", "flags"],
  ),
  replace: new FeelFunction(
    (input: unknown, pattern: unknown, replacement: unknown, flags: unknown) =>
      typeof input === "string" && typeof replacement === "string"
        ? (regexOf(pattern, flags)?.matcher(input).replaceAll(replacement.replaceAll("$0", () => "$&")) ?? null)
        : null,
    ["input", "pattern", "replacement", "flags"],
  ),
  split: new FeelFunction(
    (text: unknown, delimiter: unknown) => (typeof text === "string" ? (regexOf(delimiter, null)?.split(text, -1) ?? null) : null),
    ["string", "delimiter"],
  ),
} as const;

function regexOf(pattern: unknown, flags: unknown): RE2JS | null {
  const given = flags ?? "";
  if (typeof pattern !== "string" || typeof given !== "string") return null;
  const key = `${given}/${pattern}`;
  let regex = compiled.get(key);
  if (regex === undefined) {
    regex = compileRegex(pattern, given);
    if (compiled.size >= CACHED_MAX) compiled.clear();
    compiled.set(key, regex);
  }
  return regex;
}

function compileRegex(pattern: string, flags: string): RE2JS | null {
  let bits = 0;
  for (const flag of flags) {
    const bit = FLAGS[flag];
    if (bit === undefined) return null;
    bits |= bit;
  }
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern), bits);
  } catch {
    return null;
  }
}
