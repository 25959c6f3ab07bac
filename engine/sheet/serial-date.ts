import type { DateSystem } from "./workbook.ts";

const DAY_MS = 86_400_000;
/** The day before serial 1, and the day of serial 0. */
const EPOCH: { readonly [system in DateSystem]: number } = { 1900: Date.UTC(1899, 11, 31), 1904: Date.UTC(1904, 0, 1) };
/** The serial Excel gives to 29 February 1900, a day that never was; every later serial is one too high. */
const NO_DAY = 60;
/** 31 December 9999, the last day a spreadsheet knows. */
const LAST_DAY = Date.UTC(9999, 11, 31);

/**
 * A spreadsheet's date serial as ISO 8601: `2026-11-02`, with its time `2026-11-02T09:30:00Z` (spreadsheets know no zone,
 * so it is taken as UTC), or the time alone `09:30:00`. Seconds are rounded, because a serial keeps them as fractions of a
 * day. Null for what is no day.
 */
export function isoOfSerial(serial: number, system: DateSystem, shows: "date" | "date-time" | "time"): string | null {
  if (!Number.isFinite(serial) || serial < 0) return null;
  const whole = Math.floor(serial);
  const seconds = Math.round((serial - whole) * 86_400);
  if (shows === "time" && whole === 0) return new Date(seconds * 1000).toISOString().slice(11, 19);
  if (system === 1900 && (whole === NO_DAY || whole === 0)) return null;
  const days = system === 1900 && whole > NO_DAY ? whole - 1 : whole;
  const ms = EPOCH[system] + days * DAY_MS;
  if (ms > LAST_DAY) return null;
  const text = new Date(ms + seconds * 1000).toISOString();
  return shows === "date" && seconds === 0 ? text.slice(0, 10) : `${text.slice(0, 19)}Z`;
}
