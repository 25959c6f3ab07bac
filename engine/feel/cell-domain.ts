import { FeelDate, FeelDateTime, FeelDuration, FeelTime } from "feelin";
import type { ColumnType } from "../language/table-kinds.ts";
import { parseDurationMs } from "../support/duration.ts";
import { parseInstant } from "../support/instant.ts";
import type { Json } from "../support/json.ts";
import { feelInstantMs } from "./feel-to-json.ts";

/** What can be compared with what. Days and months are the two kinds of duration; FEEL does not compare them. */
export type Domain = "text" | "number" | "boolean" | "instant" | "days" | "months" | "time";

/** A value as its domain compares it: milliseconds for instants, days and times, months for months. */
export type Comparable = string | number | boolean;

/** A literal of a cell. Null stands for itself. */
export type CellLiteral = null | { readonly domain: Domain; readonly value: Comparable };

const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** A date and time without a zone, which is taken as UTC like everywhere in FEEL texts. */
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?(?:(Z)|([+-])(\d{2}):(\d{2}))?$/;
const MONTHS = /^(-?)P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?$/;

/** An ISO date (its midnight in UTC) or an instant, in milliseconds; without an offset it is UTC. */
export function readInstant(value: Json): number | undefined {
  if (typeof value !== "string") return undefined;
  return parseInstant(DATE.test(value) ? `${value}T00:00:00Z` : LOCAL.test(value) ? `${value}Z` : value) ?? undefined;
}

function readDays(value: Json): number | undefined {
  if (typeof value !== "string") return undefined;
  const ms = parseDurationMs(value.startsWith("-") ? value.slice(1) : value);
  if (ms === null) return undefined;
  return value.startsWith("-") ? -ms : ms;
}

function readMonths(value: Json): number | undefined {
  const match = typeof value === "string" ? MONTHS.exec(value) : null;
  if (!match) return undefined;
  const months = Number(match[2] ?? 0) * 12 + Number(match[3] ?? 0);
  return match[1] ? -months : months;
}

/** A time of day in milliseconds; with an offset it is counted in UTC, without one it is taken as UTC. */
function readTime(value: Json): number | undefined {
  const match = typeof value === "string" ? TIME.exec(value) : null;
  if (!match) return undefined;
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
  const offsetMs = (Number(match[7] ?? 0) * 60 + Number(match[8] ?? 0)) * (match[6] === "-" ? -60_000 : 60_000);
  return seconds * 1000 + Number((match[4] ?? "").padEnd(3, "0")) - offsetMs;
}

/** How each domain reads a fact; undefined when the fact is of another type. */
export const READ: { readonly [domain in Domain]: (value: Json) => Comparable | undefined } = {
  text: (value) => (typeof value === "string" ? value : undefined),
  number: (value) => (typeof value === "number" ? value : undefined),
  boolean: (value) => (typeof value === "boolean" ? value : undefined),
  instant: readInstant,
  days: readDays,
  months: readMonths,
  time: readTime,
};

const DOMAINS: { readonly [type in ColumnType]: readonly Domain[] } = {
  string: ["text", "time"],
  number: ["number"],
  boolean: ["boolean"],
  date: ["instant"],
  duration: ["days", "months"],
  list: ["text", "number", "boolean", "instant", "days", "months", "time"],
};

/** Whether a present value is of the column's type; a value that is not matches nothing but `-`. */
export function isOfColumn(type: ColumnType, value: Json): boolean {
  if (type === "list") return value !== null;
  return DOMAINS[type].some((domain) => READ[domain](value) !== undefined);
}

/** A literal given as JSON, as the column reads it; undefined when it is of another type. */
export function literalOfJson(value: Json, type: ColumnType): CellLiteral | undefined {
  if (value === null) return null;
  for (const domain of DOMAINS[type]) {
    const read = READ[domain](value);
    if (read !== undefined) return { domain, value: read };
  }
  return undefined;
}

/** A literal given as FEEL, as the column reads it; undefined when it is of another type. */
export function literalOfFeel(value: unknown, type: ColumnType): CellLiteral | undefined {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return literalOfJson(value, type);
  }
  const literal = temporalLiteral(value);
  return literal && DOMAINS[type].includes(literal.domain) ? literal : undefined;
}

function temporalLiteral(value: unknown): CellLiteral | undefined {
  if (value instanceof FeelDate) return inDomain("instant", readInstant(value.iso));
  if (value instanceof FeelDateTime) return inDomain("instant", feelInstantMs(value) ?? undefined);
  if (value instanceof FeelTime) return inDomain("time", readTime(value.iso));
  if (!(value instanceof FeelDuration)) return undefined;
  return value.yearsMonths ? inDomain("months", readMonths(value.iso)) : inDomain("days", readDays(value.iso));
}

const inDomain = (domain: Domain, value: Comparable | undefined): CellLiteral | undefined =>
  value === undefined ? undefined : { domain, value };

/** Whether a literal may stand in an output column of that type. */
export function isOfOutput(type: ColumnType, value: Json): boolean {
  if (value === null) return true;
  if (type === "list") return Array.isArray(value);
  if (type === "string") return typeof value === "string";
  return isOfColumn(type, value);
}
