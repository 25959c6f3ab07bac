import { compiledEdge, sourceName } from "../interpret/dependencies.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import { outcomeOf, type TaskState } from "../order/machines.ts";
import type { Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import type { Task } from "../order/task.ts";
import { required } from "../support/defect.ts";
import { textOf } from "../support/json.ts";
import { asClause, asSentence } from "./sentence.ts";
import type { AdmissionWaits } from "./explain.ts";

/** Why one task is in the plan, and why it is not further. */
export interface TaskExplanation {
  readonly taskId: string;
  readonly key: string;
  readonly title: string;
  readonly itemId: string;
  readonly state: TaskState;
  readonly mandatory: boolean;
  /** Which definition, version and row made it (B7). */
  readonly exists: string;
  /** Why it is not part of the work; null when it is. */
  readonly leftOut: string | null;
  /** What it waits for, one line each. */
  readonly waitsFor: readonly string[];
  readonly waits: "nothing" | "target-system" | "person" | "customer" | "clock" | "capacity" | "predecessors";
  readonly sentence: string;
}

export function explainTask(order: Order, release: CompiledRelease, position: number, admission: AdmissionWaits): TaskExplanation {
  const planned = required(order.plan?.graph.tasks[position], `Planned task ${position}`);
  const task = required(order.tasks[position], planned.id);
  const waitsFor = task.state === "PENDING" ? pendingReasons(order, release, planned, task) : [];
  const { waits, sentence } = say(planned, task, release, admission, waitsFor);
  return {
    taskId: planned.id,
    key: planned.key,
    title: planned.title,
    itemId: planned.itemId,
    state: task.state,
    mandatory: planned.mandatory,
    exists: origin(order, planned),
    leftOut: task.state === "SKIPPED_BY_POLICY" ? task.reason : null,
    waitsFor,
    waits,
    sentence,
  };
}

function origin(order: Order, planned: PlannedTask): string {
  const from = order.items.find(({ id }) => id === planned.itemId)?.decomposition;
  const template = from ? `plan template ${from.template} v${from.templateVersion}, chosen by row "${from.row}" of ${from.table} v${from.tableVersion} for item ${planned.itemId}` : `item ${planned.itemId}`;
  switch (planned.source.by) {
    case "template":
      return `Task ${planned.key} of ${template}`;
    case "billing-trigger":
      return `Charge "${textOf(planned.source.charge["key"]) ?? "?"}" of item ${planned.itemId}, handed over when milestone ${planned.source.milestoneId} is reached; ${template}`;
    case "milestone-message":
      return `Message to the customer when milestone ${planned.source.milestone} is reached; ${template}`;
    case "compensation":
      return `Undoes ${planned.source.of} by policy ${planned.source.policy}; ${template}`;
    case "amendment":
      return `Changes what ${planned.source.of} did; ${template}`;
    case "withdrawal":
      return `Calls back ${planned.source.of}; ${template}`;
    case "former-release":
      return `Work of the release the order ran on before; ${template}`;
    case "status-message":
      return `Message to the customer when the status ${planned.source.status} is first shown; ${template}`;
  }
}

function pendingReasons(order: Order, release: CompiledRelease, planned: PlannedTask, task: Task): string[] {
  const reasons = task.unmetEdges.map((edge) => {
    const plannedEdge = required(planned.edges[edge], `Edge ${edge}`);
    const type = compiledEdge(release, planned, plannedEdge)?.type;
    const source = "instant" in plannedEdge.on && task.timers.wake ? task.timers.wake : sourceName(order, plannedEdge);
    return type ? `${source} (${type.title.toLowerCase()} dependency)` : source;
  });
  if (task.timers.window) reasons.push(`its execution window, which opens at ${task.timers.window}`);
  if (order.items.find(({ id }) => id === planned.itemId)?.state === "HELD") reasons.push("its item, which is held");
  return reasons;
}

function say(
  planned: PlannedTask, task: Task, release: CompiledRelease, admission: AdmissionWaits, waitsFor: readonly string[],
): Pick<TaskExplanation, "waits" | "sentence"> {
  const system = release.taskTypes.get(planned.type)?.targetSystem?.definition.title ?? "the target system";
  const title = `"${planned.title}"`;
  const failed = task.lastFailure ? ` The last attempt failed: ${asClause(task.lastFailure.message)} (${task.lastFailure.code}, ${task.lastFailure.class.toLowerCase()} by ${task.lastFailure.rule}).` : "";
  switch (task.state) {
    case "PENDING": {
      const onlyClock = waitsFor.length === 1 && (task.timers.window !== undefined || (task.timers.wake !== undefined && task.unmetEdges.length === 1 && "instant" in (planned.edges[task.unmetEdges[0] as number]?.on ?? {})));
      return { waits: onlyClock ? "clock" : "predecessors", sentence: `${title} waits for ${waitsFor.join(" and for ") || "its turn"}.` };
    }
    case "READY": {
      const wait = admission.get(task.id);
      return { waits: "capacity", sentence: wait ? `${title} is ready and waits for admission: ${wait.reason} (${wait.resource}).` : `${title} is ready to go out.` };
    }
    case "DISPATCHED":
      return { waits: "target-system", sentence: `${title} was sent to ${system} at ${task.sentAt ?? "?"} (attempt ${task.attempts}) and has no answer yet.` };
    case "WAITING":
      return { waits: "target-system", sentence: `${system} accepted ${title}; its result is still to come.` };
    case "OUTCOME_UNKNOWN":
      return { waits: goesOn(task) ? "target-system" : "person", sentence: `What ${title} did is unknown since ${task.since}: ${asSentence(task.cause)} ${nextFindOut(task)}` };
    case "RETRY_SCHEDULED":
      return { waits: "clock", sentence: `${title} is tried again at ${task.timers.retry ?? "?"} (attempt ${task.attempts + 1}).${failed}` };
    case "AWAITING_MANUAL_ACTION":
      if (task.manual.cause === "HOLD") return { waits: "customer", sentence: `${title} waits for the customer.${failed}` };
      return { waits: "person", sentence: `${title} waits for a person${task.manual.queue ? ` in the queue ${task.manual.queue}` : ""}.${failed}` };
    case "SUCCEEDED":
      return { waits: "nothing", sentence: `${title} succeeded at ${task.finishedAt ?? "?"}, reported by ${task.via}.` };
    case "SKIPPED_BY_POLICY":
      return { waits: "nothing", sentence: `${title} was skipped: ${task.reason}.` };
    case "WAIVED_BY_AUTHORIZED_USER":
      return { waits: "nothing", sentence: `${title} was waived by ${task.by}: ${task.reason}.` };
    case "FAILED_FINAL":
    case "CANCELLED":
      return { waits: "nothing", sentence: `${title} ${outcomeOf(task.state) === "FAILURE" && task.state === "CANCELLED" ? "was cancelled" : "has failed for good"}: ${task.reason}.` };
  }
}

/** True while something will be asked or sent without a person. */
function goesOn(task: Task): boolean {
  return (task.state === "OUTCOME_UNKNOWN" && task.resend) || Object.keys(task.timers).length > 0;
}

function nextFindOut(task: Task): string {
  if (task.state === "OUTCOME_UNKNOWN" && task.resend) return "The same command waits to be sent again with the same key.";
  if (task.timers.query) return `The system is asked at ${task.timers.query}.`;
  if (task.timers.retry) return `The same command is sent again with the same key at ${task.timers.retry}.`;
  return task.timers.timeout ? `The next step of its timeout policy comes at ${task.timers.timeout}.` : "A person must find out.";
}
