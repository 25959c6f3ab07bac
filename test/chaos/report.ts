import { createHash } from "node:crypto";
import type { Verdict } from "./examine.ts";

/** The sum of many worlds. */
export interface Summary {
  readonly orders: number;
  readonly steps: number;
  readonly commits: number;
  readonly crashes: number;
  readonly faults: number;
  readonly violations: number;
  /** Hash over the histories of all worlds in the order of their seeds. */
  readonly hash: string;
  readonly worlds: number;
  readonly states: { readonly [state: string]: number };
  readonly counts: { readonly [what: string]: number };
}

export function summarize(verdicts: readonly Verdict[]): Summary {
  const sorted = [...verdicts].sort((a, b) => a.world.seed - b.world.seed || (a.world.store < b.world.store ? -1 : 1));
  const hash = createHash("sha256");
  const states: { [state: string]: number } = {};
  const counts: { [what: string]: number } = {};
  for (const verdict of sorted) {
    hash.update(verdict.hash);
    for (const [state, times] of Object.entries(verdict.states)) states[state] = (states[state] ?? 0) + times;
    for (const [what, times] of Object.entries(verdict.counts)) counts[what] = (counts[what] ?? 0) + times;
  }
  const sum = (of: (verdict: Verdict) => number) => sorted.reduce((total, verdict) => total + of(verdict), 0);
  return {
    orders: sum(({ orders }) => orders), steps: sum(({ steps }) => steps), commits: sum(({ commits }) => commits), crashes: sum(({ crashes }) => crashes), faults: sum(({ faults }) => faults),
    violations: sum(({ violations }) => violations.length), hash: hash.digest("hex"), worlds: sorted.length, states, counts: Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** One line for people. */
export function sentence({ orders, steps, crashes, faults, violations, hash, worlds }: Summary, seconds: number): string {
  const n = (value: number) => value.toLocaleString("en-US");
  return `${n(orders)} orders in ${n(worlds)} worlds, ${n(steps)} steps, ${n(crashes)} crashes, ${n(faults)} faults, ${n(violations)} violations in ${seconds.toFixed(1)} s; history ${hash.slice(0, 16)}`;
}

/** Lines about what was violated: at most a few of each invariant, with the world that shows it. */
export function complaints(verdicts: readonly Verdict[], ofEach = 3): readonly string[] {
  const told = new Map<string, number>();
  const lines: string[] = [];
  for (const { world, violations } of verdicts) {
    for (const { invariant, subject, message } of violations) {
      const times = (told.get(invariant) ?? 0) + 1;
      told.set(invariant, times);
      if (times <= ofEach) lines.push(`${invariant}  --seed ${world.seed} --worlds 1 --world-orders ${world.orders} --store ${world.store} --profile ${world.profile}: ${subject} ${message}`);
    }
  }
  for (const [invariant, times] of told) if (times > ofEach) lines.push(`${invariant}  ${times - ofEach} more`);
  return lines;
}
