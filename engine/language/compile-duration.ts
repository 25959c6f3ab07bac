import { parseDurationMs } from "../support/duration.ts";
import type { Report } from "./diagnostic.ts";

const CALENDAR_UNITS = /^P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+[WD])*(?:T.*)?$/;

/** Length of an authored duration in milliseconds. Reports a text that is none, or whose length is not fixed; then 0. */
export function compileDuration(text: string, report: Report, path: string): number {
  const ms = parseDurationMs(text);
  if (ms !== null) return ms;
  if (CALENDAR_UNITS.test(text)) report(
    "ambiguous-duration", path,
    `${JSON.stringify(text)} has no fixed length: months and years differ. Write days, such as P30D.`,
  );
  else report("invalid-duration", path, `${JSON.stringify(text)} is not an ISO 8601 duration; write PT30S, PT15M, PT4H or P2D.`);
  return 0;
}
