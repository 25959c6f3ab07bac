import type { Json, JsonObject } from "../support/json.ts";
import { isJsonObject } from "../support/json.ts";
import type { ResultVia } from "../order/task.ts";
import type { Decision } from "./decision.ts";
import { taskFacts } from "./facts-of.ts";
import { closeTaskCase } from "./fallout.ts";

/** A task ended well, with the evidence that proves it (E7); its outputs are computed here and nowhere else. */
export function succeed(
  decision: Decision, position: number,
  done: { readonly result: Json; readonly via: ResultVia; readonly attempt: number; readonly by?: string; readonly decision?: string },
): void {
  const planned = decision.planned(position);
  const task = decision.task(position);
  const outputs = decision.type(position).outputs.evaluate({
    result: done.result, with: task.with, task: taskFacts(planned, task, decision.release),
  });
  const named: JsonObject = isJsonObject(outputs) ? withoutNulls(outputs) : {};
  closeTaskCase(decision, planned.id, "The task succeeded", done.by);
  decision.emitTask(position, {
    type: "TaskSucceeded", taskId: planned.id, attempt: done.attempt, evidence: done.result, via: done.via,
    outputs: done.decision === undefined ? named : { ...named, decision: done.decision },
    ...(done.by !== undefined && { by: done.by }),
  });
}

/** An output that has no value does not exist: a dependency on it is not met. */
function withoutNulls(outputs: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== null));
}
