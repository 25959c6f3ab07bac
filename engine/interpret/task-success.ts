import type { Json, JsonObject } from "../support/json.ts";
import { isJsonObject } from "../support/json.ts";
import type { ResultVia } from "../order/task.ts";
import { isInFlight } from "../order/machines.ts";
import { isQuestion, subjectOf } from "./command-of.ts";
import type { Decision } from "./decision.ts";
import { taskFacts } from "./facts-of.ts";
import { closeTaskCase } from "./fallout.ts";
import { requestFacts } from "./make-ready.ts";

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
    type: "TaskSucceeded", taskId: planned.id, attempt: done.attempt, evidence: done.result, via: done.via, ...(isQuestion(decision, position) && { question: true }),
    outputs: done.decision === undefined ? named : { ...named, decision: done.decision },
    ...(done.by !== undefined && { by: done.by }),
  });
  tellSubject(decision, position, named);
}

/** A change that arrived corrects what the work gives to others; a recall that was heard ends it without effect. */
function tellSubject(decision: Decision, position: number, outputs: JsonObject): void {
  const subject = subjectOf(decision, position);
  if (subject === undefined) return;
  const { id: taskId, state } = decision.task(subject);
  if (decision.planned(position).source.by === "amendment") {
    const { id: by, with: parameters } = decision.planned(position);
    const request = decision.type(subject).request.evaluate(requestFacts(decision, subject, parameters));
    decision.emitTask(subject, { type: "TaskOutputsAmended", taskId, outputs, by, with: parameters, ...(isJsonObject(request) && { request }) });
  } else if (isInFlight(state)) {
    closeTaskCase(decision, taskId, "The work was called back");
    decision.emitTask(subject, { type: "TaskCancelled", taskId, reason: "It was called back before it took effect" });
  }
}

/** An output that has no value does not exist: a dependency on it is not met. */
function withoutNulls(outputs: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== null));
}
