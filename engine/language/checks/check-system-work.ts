import type { CompileContext } from "../compile-context.ts";

/** Work by a system needs a system, a retry policy, a timeout policy and, for a command, something that proves its effect. */
export function checkSystemWork(context: CompileContext): void {
  for (const { file, definition: type } of context.index.all("task-type")) {
    if (type.work.by !== "system") continue;
    const report = context.reportFor(file);
    if (type.targetSystem === undefined) report(
      "target-system-missing", "",
      `The task type "${type.key}" is done by a system but names none; add targetSystem.`,
    );
    if (type.retry === undefined) report(
      "retry-missing", "",
      `The task type "${type.key}" says nothing about failures; add a retry policy.`,
    );
    if (type.timeout === undefined) report(
      "timeout-missing", "",
      `The task type "${type.key}" says nothing about lost answers; add a timeout policy.`,
    );
    if (type.evidence === undefined && type.work.mode === "command") {
      report("evidence-missing", "", `The command "${type.key}" counts as done whatever the answer says; add evidence.`);
    }
  }
}
