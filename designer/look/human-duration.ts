import { parseDurationMs } from "../../engine/support/duration.ts";

const UNITS: readonly (readonly [string, number])[] = [["d", 86_400_000], ["h", 3_600_000], ["min", 60_000], ["s", 1_000]];

/** An ISO 8601 duration as people say it: `PT4H` is `4 h`, `PT2M30S` is `2 min 30 s`. What is no fixed duration stays as it is. */
export function humanDuration(iso: string): string {
  const ms = parseDurationMs(iso);
  return ms === null ? iso : humanMs(ms);
}

/** Milliseconds as people say them, in at most two units. */
export function humanMs(ms: number): string {
  if (ms < 1_000) return ms === 0 ? "0 s" : `${ms} ms`;
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(" ");
}
