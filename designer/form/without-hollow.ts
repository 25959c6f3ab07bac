import { isJsonObject, type Json } from "../../engine/support/json.ts";

/**
 * What a form says a value became, without the empty objects nobody asked for: the form library puts them where a property
 * that is not set would have required objects inside. What was there before stays, and so does every value someone gave.
 */
export function withoutHollow(before: Json | undefined, after: Json): Json {
  if (Array.isArray(after)) {
    const old = Array.isArray(before) ? (before as readonly Json[]) : [];
    return (after as readonly Json[]).map((entry, index) => withoutHollow(old[index], entry));
  }
  if (!isJsonObject(after)) return after;
  const old = isJsonObject(before) ? before : {};
  const kept = Object.entries(after).filter(([name, value]) => Object.hasOwn(old, name) || !isHollow(value));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutHollow(old[name], value ?? null)]));
}

function isHollow(value: Json | undefined): boolean {
  return isJsonObject(value) && Object.values(value).every(isHollow);
}
