import { parseDurationMs } from "../support/duration.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";

/** What a member of a script line may hold; a text says what is wrong, null that nothing is. */
type Rule = (value: Json) => string | null;

interface LineKind {
  readonly required: { readonly [name: string]: Rule };
  readonly optional: { readonly [name: string]: Rule };
}

const text: Rule = (value) => (typeof value === "string" && value !== "" ? null : "must be a text");
const taskName: Rule = (value) => (typeof value === "string" && /^[^/]+\/.+$/.test(value) ? null : 'must be "<item id>/<task key>", such as "1/activate-network"');
const count: Rule = (value) => (Number.isInteger(value) && Number(value) >= 1 ? null : "must be a whole number from 1 on");
const status: Rule = (value) => (Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599 ? null : "must be an HTTP status");
const duration: Rule = (value) => (typeof value === "string" && parseDurationMs(value) !== null ? null : 'must be an ISO 8601 duration of fixed length, such as "PT30S"');
const object: Rule = (value) => (isJsonObject(value) ? null : "must be an object");
const anything: Rule = () => null;
const oneOf = (...words: readonly string[]): Rule => (value) => (typeof value === "string" && words.includes(value) ? null : `must be one of ${words.join(", ")}`);

const TASK_BEHAVIORS = ["SUCCEED", "FAIL", "ACCEPT_THEN_FAIL", "TAKE_EFFECT_THEN_TIME_OUT", "TIME_OUT_WITHOUT_EFFECT", "DUPLICATE", "REORDER", "LATE", "LOSE_CALLBACK"];
const QUERY_BEHAVIORS = ["FOUND_SUCCEEDED", "NOT_FOUND", "IN_PROGRESS", "NO_ANSWER"];

const texts: Rule = (value) => (Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === "string" && entry !== "") ? null : "must be a list of texts");
const moment: Rule = (value) => (typeof value === "string" && /^[^/ ]+\/[^ ]+ [A-Z][A-Z0-9_]*$/.test(value) ? null : 'must be "<item id>/<task key> <STATE or failure code>", such as "1/reserve-router SUCCEEDED"');
const repair: Rule = (value) => (isJsonObject(value) && typeof value["action"] === "string" ? null : 'must be an object with an "action"');

/** What people do, by the word after `do`; each also takes `at` or `after`, and `as`. */
const ACTS: { readonly [act: string]: LineKind } = {
  CANCEL: { required: { reason: text }, optional: { items: texts } },
  AMEND: { required: { item: text, set: object }, optional: { reason: text } },
  APPROVE: { required: {}, optional: { reason: text } },
  REFUSE: { required: {}, optional: { reason: text } },
  HOLD: { required: { item: text }, optional: { reason: text } },
  RESUME: { required: { item: text }, optional: { reason: text } },
  RETRY: { required: { task: taskName }, optional: { reason: text } },
  REPAIR: { required: { repair }, optional: {} },
};
const DECISIONS = ["APPROVE", "REFUSE"];

/** The kinds of line by the member that names their subject. */
const KINDS: { readonly [subject: string]: LineKind } = {
  task: {
    required: { task: taskName, does: oneOf(...TASK_BEHAVIORS) },
    optional: { attempt: count, after: duration, result: anything, code: text, httpStatus: status, message: text, effect: oneOf("NONE", "POSSIBLE", "PARTIAL") },
  },
  query: { required: { query: text, does: oneOf(...QUERY_BEHAVIORS) }, optional: { attempt: count, times: count, after: duration } },
  event: { required: { event: text }, optional: { at: duration, afterEvents: count, item: text, data: object } },
  pace: { required: { pace: oneOf("USUAL") }, optional: {} },
  manual: { required: { manual: taskName, outcome: text }, optional: { attempt: count, as: text, form: object, evidence: anything, after: duration, times: count } },
};

/**
 * What is wrong with one line of a script, as sentences that say what it must be; none when it can be used. The schema of
 * scenarios describes the same members to forms; this says which of them belong together.
 */
export function checkScriptLine(line: Json): readonly string[] {
  const subjects = [...Object.keys(KINDS), "do"];
  if (!isJsonObject(line)) return [`must be an object with one of ${subjects.join(", ")}.`];
  if (line["do"] !== undefined) return checkAct(line);
  const subject = subjects.find((name) => line[name] !== undefined);
  const kind = KINDS[subject ?? ""];
  if (kind === undefined) return [`must name one of ${subjects.join(", ")}.`];
  return [...missing(line, kind), ...wrong(line, kind), ...(subject === "event" ? moments(line, ["at", "afterEvents"]) : [])];
}

/** What a person does needs a moment, and one only; a decision without one is taken when it can be. */
function checkAct(line: JsonObject): readonly string[] {
  const act = line["do"];
  const kind = typeof act === "string" && Object.hasOwn(ACTS, act) ? ACTS[act] : undefined;
  if (typeof act !== "string" || kind === undefined) return [`"do" ${oneOf(...Object.keys(ACTS))("") ?? ""}.`];
  const whole: LineKind = { required: kind.required, optional: { ...kind.optional, do: anything, at: duration, after: moment, afterEvents: count, as: text } };
  return [...missing(line, whole), ...wrong(line, whole), ...moments(line, ["at", "after", "afterEvents"], DECISIONS.includes(act))];
}

/** What happens needs a moment, and one only. */
function moments(line: JsonObject, names: readonly string[], optional = false): readonly string[] {
  const named = names.filter((name) => line[name] !== undefined);
  const quoted = names.map((name) => `"${name}"`);
  const list = (word: string) => `${quoted.slice(0, -1).join(", ")} ${word} ${quoted.at(-1) ?? ""}`;
  if (named.length > 1) return [`name one of ${list("and")}.`];
  return named.length === 0 && !optional ? [`${list("or")} is missing; it says when.`] : [];
}

function missing(line: JsonObject, kind: LineKind): readonly string[] {
  return Object.keys(kind.required).filter((name) => line[name] === undefined).map((name) => `"${name}" is missing; it ${kind.required[name]?.(null) ?? "must be given"}.`);
}

function wrong(line: JsonObject, kind: LineKind): readonly string[] {
  const rules = { ...kind.optional, ...kind.required };
  return Object.entries(line).flatMap(([name, value]) => {
    const rule = rules[name];
    if (rule === undefined) return [`"${name}" is not known here; use ${Object.keys(rules).join(", ")}.`];
    const problem = value === undefined ? null : rule(value);
    return problem === null ? [] : [`"${name}" ${problem}.`];
  });
}
