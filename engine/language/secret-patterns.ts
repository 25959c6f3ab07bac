const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\bsk_(live|test)_[A-Za-z0-9]{8,}/, "a payment provider's secret key"],
  [/\b(AKIA|ASIA)[A-Z0-9]{12,}/, "a cloud access key"],
  [/\bgh[pousr]_[A-Za-z0-9]{16,}/, "a Git hosting token"],
  [/\bgithub_pat_[A-Za-z0-9_]{20,}/, "a Git hosting token"],
  [/\bglpat-[A-Za-z0-9_-]{16,}/, "a Git hosting token"],
  [/\bxox[abeoprs]-[A-Za-z0-9-]{8,}/, "a chat token"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/, "a bearer token"],
  [/\bAIza[A-Za-z0-9_-]{30,}/, "an API key"],
  [/:\/\/[^/\s:@]+:[^/\s:@]+@/, "a password in an address"],
];

/** One word of letters, digits and the signs of base64, long enough to be a key. */
const LONG_WORD = /[A-Za-z0-9+/_=-]{28,}/g;
/** Bits of information per character from which a long word is drawn rather than written. */
const DRAWN_BITS = 4.2;

/** What kind of secret a text seems to hold, in words; null when it looks harmless. */
export function secretIn(text: string): string | null {
  for (const [pattern, words] of PATTERNS) if (pattern.test(text)) return words;
  const drawn = text.length >= 28 && (text.match(LONG_WORD) ?? []).some(looksDrawn);
  return drawn ? "a key: a long word without any pattern" : null;
}

/** True for a word whose characters hardly repeat and are of all kinds: nobody names a thing like this. */
function looksDrawn(word: string): boolean {
  if (!/\d/.test(word) || !/[a-z]/.test(word) || !/[A-Z]/.test(word)) return false;
  const counts = new Map<string, number>();
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / word.length) * Math.log2(count / word.length);
  return bits >= DRAWN_BITS;
}
