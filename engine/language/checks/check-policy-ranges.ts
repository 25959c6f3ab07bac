import { formatDuration, parseDurationMs } from "../../support/duration.ts";
import type { CompileContext } from "../compile-context.ts";
import type { Report } from "../diagnostic.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import type { ManualTask, RetryPolicy, TargetSystem, TimeoutStep } from "../kinds.ts";

const CODE = "policy-out-of-range";

/** Spans and counts of policies must make sense together. The schemas check each number by itself. */
export function checkPolicyRanges(context: CompileContext): void {
  for (const { file, definition } of context.index.all("retry-policy")) checkRetry(definition, context.reportFor(file));
  for (const { file, definition } of context.index.all("timeout-policy")) {
    definition.steps.forEach((step, position) => checkStep(step, jsonPointer("steps", position), context.reportFor(file)));
  }
  for (const { file, definition } of context.index.all("target-system")) {
    checkSystem(definition, context.reportFor(file));
  }
  for (const { file, definition } of context.index.all("manual-task")) {
    if (isZero(definition.sla?.within)) context.reportFor(file)(CODE, "/sla/within", "Nobody can do it in no time; make it longer.");
    checkEscalation(definition, context.reportFor(file));
  }
  checkFirstAnswers(context);
}

/** Nobody is called late before an answer can be: what has a time limit must leave room for the first timeout of its work. */
function checkFirstAnswers(context: CompileContext): void {
  const patience = (typeKey: string): number => {
    const policy = context.index.get("task-type", typeKey)?.timeout;
    const [first] = policy === undefined ? [] : context.index.get("timeout-policy", policy)?.steps ?? [];
    return ms(first?.after) ?? 0;
  };
  const expect = (file: string, path: string, limit: string | undefined, typeKey: string): void => {
    const own = ms(limit);
    if (own !== null && own > 0 && own < patience(typeKey)) context.reportFor(file)(
      CODE, path,
      `${limit ?? ""} is over before "${typeKey}" counts as unanswered, after ${formatDuration(patience(typeKey))}; allow more time or shorten its timeout.`,
    );
  };
  for (const { file, definition } of context.index.all("billing-trigger")) expect(file, "/escalateAfter", definition.escalateAfter, definition.taskType);
  for (const { definition: type } of context.index.all("task-type")) {
    if (type.work.by !== "person") continue;
    const key = type.work.manualTask;
    for (const { file, definition } of context.index.all("manual-task")) if (definition.key === key) expect(file, "/sla/within", definition.sla?.within, type.key);
  }
}

function checkSystem({ effects, breaker, retryBudget, limits }: TargetSystem, report: Report): void {
  if (effects.class === "queryable" && isZero(effects.settleWindow)) {
    report(CODE, "/effects/settleWindow", "A settle window of nothing believes every \"not found\"; make it longer.");
  }
  if (isZero(breaker?.window)) report(CODE, "/breaker/window", "No call falls into a window of nothing; make it longer.");
  if (isZero(breaker?.openFor)) report(CODE, "/breaker/openFor", "A breaker that closes at once protects nobody; make it longer.");
  if (breaker && breaker.probes > limits.concurrency) {
    report(CODE, "/breaker/probes", `Only ${limits.concurrency} commands may be on their way at once; try with fewer.`);
  }
  if (isZero(retryBudget?.window)) report(CODE, "/retryBudget/window", "No call falls into a window of nothing; make it longer.");
}

function checkEscalation({ escalation = [] }: ManualTask, report: Report): void {
  let previous = 0;
  escalation.forEach(({ after }, position) => {
    const own = ms(after);
    if (own === null) return;
    if (own <= previous) report(
      CODE, jsonPointer("escalation", position, "after"),
      position === 0 ? "Nobody can do it in no time; make it longer." : "It is told no later than the one above; write them in the order of time.",
    );
    previous = own;
  });
}

function checkRetry({ maxAttempts, maxElapsed, backoff, escalateAfterAttempts }: RetryPolicy, report: Report): void {
  const initial = ms(backoff?.initialDelay) ?? 0;
  const longest = ms(backoff?.maxDelay);
  if (maxAttempts > 1 && initial === 0 && !backoff?.jitter) {
    report(
      CODE, backoff ? "/backoff/initialDelay" : "",
      "All attempts would be made at once, by all orders at once; give a first wait or jitter.",
    );
  }
  if (longest !== null && longest < initial) report(
    CODE, "/backoff/maxDelay",
    "The longest wait is shorter than the first one; make it longer.",
  );
  if (isZero(maxElapsed)) report(CODE, "/maxElapsed", "No attempt fits into no time; make it longer or leave it out.");
  if (escalateAfterAttempts !== undefined && escalateAfterAttempts > maxAttempts) {
    report(CODE, "/escalateAfterAttempts", `There are only ${maxAttempts} attempts; tell someone after fewer.`);
  }
}

function checkStep(step: TimeoutStep, path: string, report: Report): void {
  if (isZero(step.after)) report(CODE, `${path}/after`, "A timeout of nothing is over before the command is sent; make it longer.");
  if (isZero(step.every)) report(CODE, `${path}/every`, "Repeating without a pause never ends; make it longer.");
  const [after, until] = [ms(step.after), ms(step.until)];
  if (after !== null && until !== null && until <= after) report(
    CODE, `${path}/until`,
    "It stops before it begins; make it longer than after.",
  );
}

function ms(text: string | undefined): number | null {
  return text === undefined ? null : parseDurationMs(text);
}

function isZero(text: string | undefined): boolean {
  return ms(text) === 0;
}
