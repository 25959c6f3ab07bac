import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import type { Fault, FaultKind, FaultRule } from "./fault.ts";

/** Rules of one script at most. */
export const FAULT_RULES_MAX = 1_000;

type Check = (value: Json | undefined) => boolean;
const word: Check = (value) => typeof value === "string" && value !== "";
const count: Check = (value) => typeof value === "number" && Number.isInteger(value) && value >= 1;
const ms: Check = (value) => typeof value === "number" && value >= 0 && value <= 3_600_000;
const flag: Check = (value) => typeof value === "boolean";
const oneOf = (...values: readonly Json[]): Check => (value) => value !== undefined && values.includes(value);
const within = (from: number, to: number): Check => (value) => typeof value === "number" && value >= from && value <= to;

/** Members of each fault; those with `!` are required. */
const FAULTS: { readonly [kind in FaultKind]: { readonly [member: string]: Check } } = {
  "reject": { "code!": word, "message": word, "status": within(400, 499), "via": oneOf("response", "callback"), "effect": oneOf("PARTIAL") },
  "unavailable": { retryAfter: word },
  "busy": { retryAfter: word },
  "delay": { "ms!": ms },
  "timeout-before-effect": {},
  "timeout-after-effect": { callback: flag },
  "reset-before-effect": {},
  "reset-after-effect": { callback: flag },
  "server-error": { status: within(500, 599), callback: flag },
  "malformed-answer": { "body!": oneOf("empty", "truncated", "wrong", "huge"), "callback": flag },
  "redirect": { "location!": word },
  "duplicate-callback": { copies: within(2, 100), sameId: flag },
  "reorder-callbacks": {},
  "early-callback": {},
  "late-callback": { "ms!": ms },
  "lost-callback": {},
  "forged-callback": {},
  "stale-callback": {},
  "query-lag": { "ms!": ms },
};

const MATCH: { readonly [member: string]: Check } = {
  system: word, action: word, on: oneOf("command", "query"), orderId: word, externalId: word, itemId: word, attempt: count, times: count,
  probability: within(0, 1),
};

/** Reads a fault script; the answer lists what is wrong with it, each with its place. */
export function parseFaultRules(value: Json): { readonly rules: readonly FaultRule[] } | { readonly problems: readonly string[] } {
  if (!Array.isArray(value)) return { problems: ["A fault script is a list of rules."] };
  if (value.length > FAULT_RULES_MAX) return { problems: [`A fault script has at most ${FAULT_RULES_MAX} rules.`] };
  const list = value as readonly Json[];
  const problems = list.flatMap((rule, index) => ruleProblems(rule).map((problem) => `rule ${index}: ${problem}`));
  return problems.length > 0 ? { problems } : { rules: list as unknown as readonly FaultRule[] };
}

function ruleProblems(rule: Json): string[] {
  if (!isJsonObject(rule)) return ["must be an object"];
  const { fault, ...match } = rule;
  return [...membersProblems(match, MATCH), ...faultProblems(fault)];
}

function faultProblems(fault: Json | undefined): string[] {
  if (!isJsonObject(fault)) return ["needs a fault"];
  const { kind, ...members } = fault;
  if (typeof kind !== "string" || !Object.hasOwn(FAULTS, kind)) return [`fault.kind must be one of ${Object.keys(FAULTS).join(", ")}`];
  return membersProblems(members, FAULTS[kind as Fault["kind"]]).map((problem) => `fault ${kind}: ${problem}`);
}

function membersProblems(members: JsonObject, checks: { readonly [member: string]: Check }): string[] {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(members)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : checks[`${name}!`];
    if (!check) problems.push(`${name} is not known here`);
    else if (!check(value)) problems.push(`${name} has a value that is not allowed`);
  }
  for (const name of Object.keys(checks)) {
    if (name.endsWith("!") && members[name.slice(0, -1)] === undefined) problems.push(`${name.slice(0, -1)} is missing`);
  }
  return problems;
}
