import type { Comparable, Domain } from "../feel/cell-domain.ts";
import { formatDuration } from "../support/duration.ts";
import { formatInstant } from "../support/instant.ts";
import type { Json } from "../support/json.ts";
import type { KnownValues } from "./scale.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Where samples begin when nothing is named: a day as any other. */
const SOME_INSTANT = Date.UTC(2026, 0, 1);

/**
 * A value of a domain strictly between two others (undefined: no end) that passes `fits`, the plainest one that is found
 * first; undefined when there is none.
 */
export function sampleBetween(
  domain: Domain, low: Comparable | undefined, high: Comparable | undefined, fits: (value: Comparable) => boolean, known: KnownValues,
  others: readonly Comparable[] = [],
): Comparable | undefined {
  const isBetween = (value: Comparable): boolean => (low === undefined || value > low) && (high === undefined || value < high);
  const candidates = domain === "text" ? texts(low, others.length) : numbers(domain, numberOf(low), numberOf(high), known, others);
  return candidates.find((value) => isBetween(value) && isOfDomain(domain, value) && fits(value));
}

const numberOf = (value: Comparable | undefined): number | undefined => (typeof value === "number" ? value : undefined);

function texts(low: Comparable | undefined, others: number): readonly string[] {
  if (typeof low === "string") return [`${low}a`, `${low} `, `${low}\0`];
  return ["another text", ...Array.from({ length: others + 1 }, (_, count) => `another text ${count + 2}`), "A", " ", ""];
}

function numbers(domain: Domain, low: number | undefined, high: number | undefined, known: KnownValues, others: readonly Comparable[]): readonly number[] {
  const steps = domain === "number" ? [1] : domain === "months" ? [12, 1] : [DAY_MS, HOUR_MS, 60_000, 1_000, 1];
  const [floor, ceiling] = [low ?? known.minimum ?? undefined, high ?? known.maximum ?? undefined];
  const start = domain === "instant" ? SOME_INSTANT : 0;
  return [
    ...steps.flatMap((step) => (low === undefined ? [] : [Math.floor(low / step) * step + step])),
    ...steps.flatMap((step) => (high === undefined ? [] : [Math.ceil(high / step) * step - step])),
    ...(floor !== undefined && ceiling !== undefined ? [(floor + ceiling) / 2] : []),
    ...[known.minimum, known.maximum].filter((bound) => typeof bound === "number"),
    ...(low === undefined && high === undefined ? Array.from({ length: others.length + 1 }, (_, count) => start + count * (steps[0] ?? 1)) : []),
    ...(floor !== undefined && others.length > 0 ? Array.from({ length: others.length + 1 }, (_, count) => floor + count) : []),
  ];
}

/** Everything but a number is counted in whole milliseconds or months, and a time lies within its day. */
function isOfDomain(domain: Domain, value: Comparable): boolean {
  if (typeof value !== "number" || domain === "number") return true;
  return Number.isInteger(value) && (domain !== "time" || (value >= 0 && value < DAY_MS));
}

/** A value of a domain as facts hold it. */
export function toFact(domain: Domain, value: Comparable): Json {
  if (typeof value !== "number") return value;
  switch (domain) {
    case "instant": return value % DAY_MS === 0 ? formatInstant(value).slice(0, 10) : formatInstant(value);
    case "days": return value < 0 ? `-${formatDuration(-value)}` : formatDuration(value);
    case "months": return monthsText(value);
    case "time": return formatInstant(value).slice(11, value % 1_000 === 0 ? 19 : 23);
    default: return value;
  }
}

function monthsText(months: number): string {
  const [years, rest] = [Math.floor(Math.abs(months) / 12), Math.abs(months) % 12];
  return `${months < 0 ? "-" : ""}P${years > 0 ? `${years}Y` : ""}${rest > 0 || years === 0 ? `${rest}M` : ""}`;
}
