import type { JournalEntry } from "./journal.ts";

/** Effects per action and per key, and the keys that had more than one: the answer to "was anything done twice?". */
export interface EffectCounts {
  readonly total: number;
  /** `system.action` -> effects. */
  readonly byAction: { readonly [action: string]: number };
  /** `system.action key` -> effects. */
  readonly byKey: { readonly [key: string]: number };
  /** Entries of `byKey` above one. */
  readonly repeated: readonly string[];
  /** Requests received, effects or not. */
  readonly requests: number;
}

/** Counts what the journal holds, of one order or of all. */
export function countEffects(entries: readonly JournalEntry[], orderId?: string): EffectCounts {
  const byAction: { [action: string]: number } = {};
  const byKey: { [key: string]: number } = {};
  let total = 0;
  let requests = 0;
  for (const entry of entries) {
    if (entry.kind !== "request" || (orderId !== undefined && entry.orderId !== orderId)) continue;
    requests += 1;
    if (!entry.effect) continue;
    const action = `${entry.system}.${entry.action}`;
    total += 1;
    byAction[action] = (byAction[action] ?? 0) + 1;
    byKey[`${action} ${entry.key}`] = (byKey[`${action} ${entry.key}`] ?? 0) + 1;
  }
  return { total, byAction, byKey, repeated: Object.keys(byKey).filter((key) => (byKey[key] ?? 0) > 1), requests };
}
