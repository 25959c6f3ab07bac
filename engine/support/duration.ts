const MS = { week: 604_800_000, day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000 } as const;

const PATTERN = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/**
 * Length of an ISO 8601 duration in milliseconds, or null when the text is none or when its length is not fixed: a month
 * or a year has no length of its own, so policies do not accept them.
 */
export function parseDurationMs(text: string): number | null {
  const match = PATTERN.exec(text);
  if (!match || text === "P" || text.endsWith("T")) return null;
  const [, weeks, days, hours, minutes, seconds] = match;
  return (
    Number(weeks ?? 0) * MS.week + Number(days ?? 0) * MS.day + Number(hours ?? 0) * MS.hour +
    Number(minutes ?? 0) * MS.minute + Math.round(Number(seconds ?? 0) * MS.second)
  );
}

/** A fixed span in milliseconds as ISO 8601 text, the largest units first: 5400000 is `PT1H30M`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return "PT0S";
  const days = Math.floor(ms / MS.day);
  const hours = Math.floor((ms % MS.day) / MS.hour);
  const minutes = Math.floor((ms % MS.hour) / MS.minute);
  const seconds = (ms % MS.minute) / MS.second;
  const time = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${seconds ? `${seconds}S` : ""}`;
  return `P${days ? `${days}D` : ""}${time ? `T${time}` : ""}`;
}
