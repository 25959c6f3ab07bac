import { parseDurationMs } from "../support/duration.ts";
import { formatInstant, parseInstant } from "../support/instant.ts";
import type { Json } from "../support/json.ts";
import type { SyntaxNode } from "./syntax.ts";
import { partsOf } from "./syntax.ts";

/** `date and time(<of>)`, moved by a fixed number of milliseconds. */
export interface DateArithmetic {
  /** Source text of what is taken as an instant. */
  readonly of: string;
  readonly moveMs: number;
}

/**
 * Recognizes `date and time(x)` and `date and time(x) ± duration("…")`, the form of nearly every deadline: forty times
 * faster as a closure than through FEEL's calendar. Null for anything else.
 */
export function matchDateArithmetic(root: SyntaxNode, source: string): DateArithmetic | null {
  const [only] = partsOf(root);
  if (!only) return null;
  const alone = constructed("date and time", only, source);
  if (alone !== null) return { of: alone, moveMs: 0 };
  const [left, operator, right, ...more] = partsOf(only);
  if (only.name !== "ArithmeticExpression" || !left || !operator || !right || more.length > 0) return null;
  const of = constructed("date and time", left, source);
  const length = constructed("duration", right, source);
  if (of === null || length === null || !/^"P[^W"]+"$/.test(length)) return null;
  const ms = parseDurationMs(length.slice(1, -1));
  const sign = source.slice(operator.from, operator.to);
  if (ms === null || (sign !== "+" && sign !== "-")) return null;
  return { of, moveMs: sign === "+" ? ms : -ms };
}

/** The moved instant, or null when the value is no instant with an offset and FEEL itself must look at it. */
export function moveInstant(value: Json, moveMs: number): string | null {
  const at = typeof value === "string" ? parseInstant(value) : null;
  if (at === null) return null;
  const moved = at + moveMs;
  return moved >= YEAR_0_MS && moved <= YEAR_9999_MS ? formatInstant(moved) : null;
}

const YEAR_0_MS = -62_167_219_200_000;
const YEAR_9999_MS = 253_402_300_799_999;

/** The one argument of `name(argument)`. */
function constructed(name: string, node: SyntaxNode, source: string): string | null {
  const [constructor, , parameters] = partsOf(node);
  if (node.name !== "DateTimeLiteral" || constructor?.name !== "DateTimeConstructor") return null;
  if (source.slice(constructor.from, constructor.to).replaceAll(/\s+/g, " ") !== name) return null;
  const given = parameters?.name === "PositionalParameters" ? partsOf(parameters) : [];
  const [argument] = given;
  return argument && given.length === 1 ? source.slice(argument.from, argument.to) : null;
}
