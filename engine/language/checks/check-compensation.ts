import type { CompileContext } from "../compile-context.ts";
import { jsonPointer } from "../../support/json-pointer.ts";

/** Every effect says how it is undone; what cannot be undone claims nothing else; undoing comes to an end. */
export function checkCompensation(context: CompileContext): void {
  for (const { file, definition: type } of context.index.all("task-type")) {
    const report = context.reportFor(file);
    const policy = context.index.get("compensation-policy", type.compensation);
    if (!policy) continue;
    if (type.irreversible === true && policy.compensatable) {
      report("contradiction", "/compensation", `"${type.key}" is irreversible, but "${policy.key}" undoes it; correct one of the two.`);
    }
    const command = type.work.by === "system" && type.work.mode === "command";
    if (command && !policy.compensatable && policy.reason === "NO_EFFECT") {
      report(
        "compensation-missing", "/compensation",
        `A command has an effect, but "${policy.key}" says there is none; choose a policy that undoes it or says why not.`,
      );
    }
    const trail = undoTrail(type.key, context);
    if (trail) report(
      "compensation-cycle", "/compensation",
      `Undoing this never ends: ${trail.join(" -> ")}. Give the last one a policy that is not undone.`,
    );
  }
  for (const { file, definition: template } of context.index.all("plan-template")) {
    template.tasks.forEach((task, position) => {
      if (task.compensation === undefined) return;
      const irreversible = context.index.get("task-type", task.type)?.irreversible === true;
      if (irreversible && context.index.get("compensation-policy", task.compensation)?.compensatable) {
        context.reportFor(file)(
          "contradiction", jsonPointer("tasks", position, "compensation"),
          `The task type "${task.type}" is irreversible, but "${task.compensation}" undoes it; correct one of the two.`,
        );
      }
    });
  }
}

/** The task types on the way when undoing a type leads back to itself, else null. */
function undoTrail(start: string, context: CompileContext): string[] | null {
  const trail = [start];
  for (;;) {
    const type = context.index.get("task-type", trail.at(-1) ?? "");
    const policy = type ? context.index.get("compensation-policy", type.compensation) : undefined;
    if (!policy?.compensatable) return null;
    if (policy.taskType === start) return [...trail, start];
    if (trail.includes(policy.taskType)) return null;
    trail.push(policy.taskType);
  }
}
