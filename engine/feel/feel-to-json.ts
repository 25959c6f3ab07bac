import { FeelDate, FeelDateTime, FeelDuration, FeelTime } from "feelin";
import { FORBIDDEN_SEGMENTS } from "../rules/facts.ts";
import { formatInstant, parseInstant } from "../support/instant.ts";
import type { Json } from "../support/json.ts";

/** How deep and how large a result may be; FEEL can build a list that contains itself (`for … return partial`). */
const RESULT_DEPTH_MAX = 64;
const RESULT_VALUES_MAX = 100_000;

class TooLarge extends Error {}

/**
 * A FEEL result as plain JSON. Instants become UTC texts with milliseconds (a date and time without a zone is taken as
 * UTC), dates, times and durations ISO texts; numbers that are none, ranges and functions become null.
 */
export function feelToJson(value: unknown): Json {
  try {
    return convert(value, 0, { valuesLeft: RESULT_VALUES_MAX });
  } catch (error) {
    if (error instanceof TooLarge || error instanceof RangeError) return null;
    throw error;
  }
}

interface Budget {
  valuesLeft: number;
}

function convert(value: unknown, depth: number, budget: Budget): Json {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "object" || value === null) return null;
  budget.valuesLeft -= 1;
  if (depth > RESULT_DEPTH_MAX || budget.valuesLeft < 0) throw new TooLarge();
  if (Array.isArray(value)) return value.map((element) => convert(element, depth + 1, budget));
  if (Object.getPrototypeOf(value) === Object.prototype) return contextToJson(value, depth, budget);
  if (value instanceof FeelDateTime) return instantText(value);
  if (value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDuration) return value.iso;
  return null;
}

/** Milliseconds since the epoch of a FEEL date and time; null when it lies outside the years 0 to 9999. */
export function feelInstantMs(value: FeelDateTime): number | null {
  if (value.zone === null) return parseInstant(`${value.iso}Z`);
  const direct = parseInstant(value.iso);
  if (direct !== null || !value.iso.includes("@")) return direct;
  return value.unwrap().toZonedDateTime(value.zone).epochMilliseconds;
}

function instantText(value: FeelDateTime): string | null {
  const ms = feelInstantMs(value);
  return ms === null ? null : formatInstant(ms);
}

function contextToJson(context: object, depth: number, budget: Budget): Json {
  const result: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(context)) {
    if (!FORBIDDEN_SEGMENTS.has(key)) result[key] = convert(value, depth + 1, budget);
  }
  return result;
}
