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

/** What kind of secret a text seems to hold, in words; null when it looks harmless. */
export function secretIn(text: string): string | null {
  for (const [pattern, words] of PATTERNS) if (pattern.test(text)) return words;
  return null;
}
