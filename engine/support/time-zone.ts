/** True for a name of the IANA time zone database that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/**
 * Whether the clocks of a zone ever show a date and time, both given in milliseconds as if they were UTC: in the night in
 * which clocks go forward, an hour does not exist.
 */
export function isOnClock(timeZone: string, localMs: number): boolean {
  const zone = zoneOf(timeZone);
  const date = Math.floor(localMs / 86_400_000) * 86_400_000;
  const instant = wallClock(zone, date, (localMs - date) / 60_000);
  return instant + offsetAt(zone, instant) === localMs;
}

/** The instant of a wall-clock time on a date: guess with the offset of the guess, once more where the offset changes. */
export function wallClock(zone: Intl.DateTimeFormat, dateMs: number, minutes: number): number {
  const wanted = dateMs + minutes * 60_000;
  const guess = wanted - offsetAt(zone, wanted);
  return wanted - offsetAt(zone, guess);
}

function offsetAt(zone: Intl.DateTimeFormat, ms: number): number {
  const local = localDate(zone, ms);
  return Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second) - Math.floor(ms / 1000) * 1000;
}

/** What the clocks of a zone show at an instant. */
export function localDate(zone: Intl.DateTimeFormat, ms: number) {
  const parts = new Map(zone.formatToParts(new Date(ms)).map(({ type, value }) => [type, Number(value)]));
  const part = (type: string) => parts.get(type as Intl.DateTimeFormatPartTypes) ?? 0;
  return { year: part("year"), month: part("month"), day: part("day"), hour: part("hour"), minute: part("minute"), second: part("second") };
}

const zones = new Map<string, Intl.DateTimeFormat>();

/** The clock of a time zone that exists. */
export function zoneOf(timeZone: string): Intl.DateTimeFormat {
  let zone = zones.get(timeZone);
  if (!zone) {
    zone = new Intl.DateTimeFormat("en-US", {
      timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
    });
    zones.set(timeZone, zone);
  }
  return zone;
}
