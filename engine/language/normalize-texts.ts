import { isJsonObject, type Json } from "../support/json.ts";

/** What normalization may change: anything but plain ASCII, and carriage returns. */
const CHANGEABLE = /[^\0-\x7f]|\r/;

/** A text as definitions hold it: Unicode NFC, so that what looks the same is the same, and LF at the end of lines. */
export function normalizeText(text: string): string {
  return CHANGEABLE.test(text) ? text.replaceAll("\r\n", "\n").normalize("NFC") : text;
}

/** Content with every text and every property name normalized. Of two names that become the same the later one stays. */
export function normalizeTexts(content: Json): Json {
  if (typeof content === "string") return normalizeText(content);
  if (Array.isArray(content)) return (content as readonly Json[]).map(normalizeTexts);
  if (!isJsonObject(content)) return content;
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [normalizeText(name), normalizeTexts(value as Json)]));
}
