import { parseDurationMs } from "../../engine/support/duration.ts";
import type { form as words } from "../strings/form.ts";

export type DurationUnit = keyof typeof words.units;

/** The units one can choose, with their milliseconds, the largest first. */
export const DURATION_UNITS: readonly (readonly [DurationUnit, number])[] = [["d", 86_400_000], ["h", 3_600_000], ["min", 60_000], ["s", 1_000]];
const ISO: { readonly [unit in DurationUnit]: (amount: number) => string } = {
  d: (amount) => `P${amount}D`, h: (amount) => `PT${amount}H`, min: (amount) => `PT${amount}M`, s: (amount) => `PT${amount}S`,
};

/** A fixed duration as one amount of its largest whole unit; null when it is an expression or no fixed duration. */
export function readDuration(iso: string): { readonly amount: number; readonly unit: DurationUnit } | null {
  const ms = parseDurationMs(iso);
  if (ms === null) return null;
  const [unit, size] = DURATION_UNITS.find(([, size]) => ms > 0 && ms % size === 0) ?? (["s", 1_000] as const);
  return ms % size === 0 ? { amount: ms / size, unit } : null;
}

/** The ISO 8601 text of an amount of a unit. */
export function writeDuration(amount: number, unit: DurationUnit): string {
  return ISO[unit](amount);
}
