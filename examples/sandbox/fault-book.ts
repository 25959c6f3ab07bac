import { draw } from "./draw.ts";
import type { Fault, FaultRule } from "./fault.ts";

/** A request as fault rules see it. */
export interface Occasion {
  readonly on: "command" | "query";
  readonly system: string;
  readonly action: string | null;
  readonly orderId: string | null;
  readonly externalId: string | null;
  readonly itemId: string | null;
  readonly attempt: number | null;
  readonly key: string;
}

export interface FaultBook {
  readonly set: (rules: readonly FaultRule[]) => void;
  readonly rules: () => readonly { readonly rule: FaultRule; readonly used: number }[];
  /** The fault that befalls a request; the use is counted. */
  readonly strike: (occasion: Occasion) => Fault | null;
}

/** The fault script in force. Rules are tried first to last. */
export function createFaultBook(seed: string): FaultBook {
  let entries: { rule: FaultRule; used: number; seen: number }[] = [];
  return {
    set: (rules) => (entries = rules.map((rule) => ({ rule, used: 0, seen: 0 }))),
    rules: () => entries.map(({ rule, used }) => ({ rule, used })),
    strike(occasion) {
      for (const [index, entry] of entries.entries()) {
        const { rule } = entry;
        if (!fits(rule, occasion) || (rule.times !== undefined && entry.used >= rule.times)) continue;
        entry.seen += 1;
        if (rule.probability !== undefined && draw(seed, "fault", index, occasion.key, entry.seen) >= rule.probability) continue;
        entry.used += 1;
        return rule.fault;
      }
      return null;
    },
  };
}

function fits(rule: FaultRule, occasion: Occasion): boolean {
  if ((rule.on ?? "command") !== occasion.on) return false;
  return (["system", "action", "orderId", "externalId", "itemId", "attempt"] as const).every(
    (member) => rule[member] === undefined || rule[member] === occasion[member],
  );
}
