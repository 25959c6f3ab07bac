import { parseDurationMs } from "../../engine/support/duration.ts";

const PLACEHOLDER = /\{\{(now|unique)(?:([+-])(P[0-9A-Z]+))?\}\}/g;

/**
 * Fills an example order so that it never goes stale: `{{now}}` is the given instant, `{{now+P4D}}` and `{{now-P1D}}` lie
 * before or after it, `{{unique}}` tells this order from every other. Throws on a placeholder it does not know.
 */
export function fillOrder(text: string, now: string, unique: string = uniqueOf(now)): unknown {
  const filled = text.replace(PLACEHOLDER, (whole, name: string, sign: string | undefined, span: string | undefined) => {
    if (name === "unique" && span === undefined) return unique;
    const spanMs = span === undefined ? 0 : parseDurationMs(span);
    if (name !== "now" || spanMs === null) throw new Error(`The placeholder ${whole} is not known.`);
    return new Date(Date.parse(now) + (sign === "-" ? -spanMs : spanMs)).toISOString();
  });
  const left = /\{\{[^}]*\}\}/.exec(filled);
  if (left) throw new Error(`The placeholder ${left[0]} is not known.`);
  return JSON.parse(filled) as unknown;
}

function uniqueOf(now: string): string {
  return Date.parse(now).toString(36).toUpperCase();
}
