const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time for people, the two largest units: `0 s`, `40 ms`, `30 s`, `2 min 05 s`, `3 h 10 min`, `4 d 02 h`. */
export function formatSpan(ms: number): string {
  if (ms > 0 && ms < 1_000) return `${ms} ms`;
  if (ms < MINUTE) return ms % 1_000 === 0 ? `${ms / 1_000} s` : `${(ms / 1_000).toFixed(1)} s`;
  if (ms < HOUR) return pair(ms, MINUTE, "min", 1_000, "s");
  return ms < DAY ? pair(ms, HOUR, "h", MINUTE, "min") : pair(ms, DAY, "d", HOUR, "h");
}

function pair(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${largeUnit}${rest === 0 ? "" : ` ${String(rest).padStart(2, "0")} ${smallUnit}`}`;
}
