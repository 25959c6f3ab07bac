import type { Calendar, Weekday } from "../language/kinds.ts";
import { formatInstant } from "./instant.ts";
import { localDate, wallClock, zoneOf } from "./time-zone.ts";

/**
 * Arithmetic of working hours: when a calendar is open, when it opens next, and when so many working hours have passed.
 * Opening hours are wall-clock times in the calendar's own zone, so a day of daylight-saving change is as long as it is.
 */

const WEEKDAYS: readonly Weekday[] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const DAY_MS = 86_400_000;

/** Days looked ahead for an opening before the calendar counts as never open. */
export const CALENDAR_HORIZON_DAYS = 400;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** `at` when the calendar is open then, else the next opening; null when it never opens within the horizon. */
export function nextOpening(calendar: Calendar, at: string): string | null {
  const now = Date.parse(at);
  for (const { from, to } of openSpans(calendar, now)) {
    if (to > now) return from <= now ? at : formatInstant(from);
  }
  return null;
}

/** The instant at which `ms` milliseconds of opening time have passed since `at`; null when the calendar never opens. */
export function addWorkingTime(calendar: Calendar, at: string, ms: number): string | null {
  let left = ms;
  const now = Date.parse(at);
  for (const { from, to } of openSpans(calendar, now)) {
    const start = Math.max(from, now);
    if (to <= start) continue;
    if (to - start >= left) return formatInstant(start + left);
    left -= to - start;
  }
  return null;
}

function* openSpans(calendar: Calendar, from: number): Generator<Span> {
  const zone = zoneOf(calendar.timeZone);
  const first = localDate(zone, from - DAY_MS);
  for (let day = 0; day <= CALENDAR_HORIZON_DAYS; day += 1) {
    const date = new Date(Date.UTC(first.year, first.month - 1, first.day + day));
    const iso = date.toISOString().slice(0, 10);
    if (calendar.holidays.includes(iso)) continue;
    const hours = calendar.week[WEEKDAYS[date.getUTCDay()] as Weekday] ?? [];
    for (const span of hours) {
      const [open, close] = span.split("-") as [string, string];
      const from = wallClock(zone, date.getTime(), minutesOf(open));
      const to = wallClock(zone, date.getTime(), minutesOf(close));
      // An hour that the clock leaves out on its day is no opening.
      if (to > from) yield { from, to };
    }
  }
}

function minutesOf(text: string): number {
  const [hours, minutes] = text.split(":").map(Number) as [number, number];
  return hours * 60 + minutes;
}
