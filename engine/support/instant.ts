const PATTERN = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Milliseconds since the epoch of an ISO 8601 instant with its offset; null when the text is none or names no real day. */
export function parseInstant(text: string): number | null {
  const match = PATTERN.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((group) => Number(match[group] ?? 0)) as [
    number, number, number, number, number, number,
  ];
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  const days = (DAYS_IN_MONTH[month - 1] ?? 0) + leap;
  if (day < 1 || day > days || hour > 23 || minute > 59 || second > 59) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** The one way the engine writes an instant: UTC with milliseconds, so that texts sort like time. */
export function formatInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** `at` moved by `ms` milliseconds. `at` must be an instant the engine wrote itself. */
export function addMs(at: string, ms: number): string {
  return formatInstant(Date.parse(at) + ms);
}

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export function msBetween(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
