import type { CompileContext } from "../compile-context.ts";
import type { Report } from "../diagnostic.ts";
import type { TargetSystem, TaskType } from "../kinds.ts";

/**
 * Nothing may be sent twice to a system that would do it twice, and nothing asked of one that cannot answer. The effects
 * class of the target system decides (architecture, section 3).
 */
export function checkRetrySafety(context: CompileContext): void {
  for (const { file, definition: system } of context.index.all("target-system")) {
    const effects: { readonly class: string; readonly settleWindow?: string } = system.effects;
    if (effects.class === "queryable" && effects.settleWindow === undefined) {
      context.reportFor(file)(
        "unsafe-retry", "/effects",
        `"${system.key}" can be asked, but nothing says when its "not found" may be believed; add settleWindow.`,
      );
    }
  }
  for (const { file, definition: type } of context.index.all("task-type")) {
    const system = type.targetSystem === undefined ? undefined : context.index.get("target-system", type.targetSystem);
    if (type.work.by !== "system" || !system) continue;
    checkRetryPolicy(type, system, context, context.reportFor(file));
    checkTimeoutPolicy(type, system, context, context.reportFor(file));
  }
}

function isCommand(type: TaskType): boolean {
  return type.work.by === "system" && type.work.mode === "command";
}

function checkRetryPolicy(type: TaskType, system: TargetSystem, context: CompileContext, report: Report): void {
  const policy = type.retry === undefined ? undefined : context.index.get("retry-policy", type.retry);
  if (!policy || policy.maxAttempts <= 1 || !isCommand(type)) return;
  if (system.effects.class === "neither") {
    report(
      "unsafe-retry", "/retry",
      `"${system.key}" would do a repeated command twice, but "${policy.key}" sends it up to ${policy.maxAttempts} times; choose a policy with one attempt.`,
    );
  } else if (system.effects.class === "queryable" && policy.reconcileFirst !== true) {
    report(
      "unsafe-retry", "/retry",
      `"${system.key}" must be asked before a command is repeated, but "${policy.key}" does not; choose a policy with reconcileFirst true.`,
    );
  }
}

function checkTimeoutPolicy(type: TaskType, system: TargetSystem, context: CompileContext, report: Report): void {
  const policy = type.timeout === undefined ? undefined : context.index.get("timeout-policy", type.timeout);
  const does = new Set((policy?.steps ?? []).map((step) => step.do));
  const { class: effects } = system.effects;
  if (does.has("RETRY_SAME_COMMAND") && isCommand(type) && effects !== "idempotent-key") {
    report(
      "unsafe-retry", "/timeout",
      `"${system.key}" does not recognize a repeated command, but "${type.timeout ?? ""}" sends it again; choose a policy that asks a ${effects === "queryable" ? "question" : "person"} instead.`,
    );
  }
  if (does.has("QUERY_STATUS") && effects === "neither") {
    report(
      "unsafe-retry", "/timeout",
      `"${system.key}" answers no questions, but "${type.timeout ?? ""}" asks for the status; choose a policy that asks a person.`,
    );
  }
}
