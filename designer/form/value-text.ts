import type { Json } from "../../engine/support/json.ts";

/** A value as one types it: text and expressions plain, everything else as JSON. */
export function textOf(value: Json | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" && !looksLikeJson(value) ? value : JSON.stringify(value);
}

/** What someone typed as a value: JSON where it is JSON, else text. */
export function readValue(text: string): Json {
  if (!looksLikeJson(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function looksLikeJson(text: string): boolean {
  return /^\s*(?:[[{"]|-?\d|(?:true|false|null)\s*$)/.test(text);
}
