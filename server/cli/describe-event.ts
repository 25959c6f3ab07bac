import type { OrderEvent } from "../../engine/order/events.ts";
import type { OrderNames } from "./order-names.ts";
import type { Tone } from "./terminal.ts";

/** An event as one line for people. */
export interface EventLine {
  readonly mark: string;
  readonly text: string;
  readonly tone: Tone;
}

/** What an event means, in words; null for bookkeeping that the lines around it already tell. `moment` writes an instant. */
export function describeEvent(event: OrderEvent, names: OrderNames, moment: (at: string) => string): EventLine | null {
  const say = (mark: string, text: string, tone: Tone = "plain"): EventLine => ({ mark, text, tone });
  switch (event.type) {
    case "OrderSubmitted":
      return say("*", `Order accepted under release ${event.release.name}`, "strong");
    case "OrderRejected":
      return say("!", `Order rejected: ${event.reasons.map(({ message }) => message).join(" ")}`, "bad");
    case "OrderHeld":
      return say("?", `Order held: ${event.cause}`, "attention");
    case "OrderResumed":
      return say("*", "Order resumed");
    case "OrderPartiallyCompleted":
      return say("*", "Order completed in part");
    case "OrderCompleted":
      return say("*", "Order completed", "good");
    case "OrderFailed":
      return say("!", `Order failed: ${event.reason}`, "bad");
    case "ItemHeld":
      return say("?", `${names.item(event.itemId)} held: ${HELD[event.cause]}`, "attention");
    case "ItemResumed":
      return say("*", `${names.item(event.itemId)} goes on`);
    case "ItemDeadlinePassed":
      return say("?", `${names.item(event.itemId)} is late: its deadline has passed`, "attention");
    case "ItemCompleted":
      return say("*", `${names.item(event.itemId)} completed`, "good");
    case "ItemFailed":
      return say("!", `${names.item(event.itemId)} failed: ${event.reason}`, "bad");
    case "CustomerStatusChanged":
      return say("@", `Customer sees: ${names.status(event.itemId, event.status)}`, "quiet");
    case "PlanCreated": {
      const left = event.graph.tasks.filter(({ excluded }) => excluded !== null);
      return say("*", `Plan made: ${event.graph.tasks.length - left.length} tasks${left.length === 0 ? "" : `, left out: ${left.map(({ title }) => title).join(", ")}`}`);
    }
    case "PlanBlocked":
      return say("?", "Plan blocked: a person must act", "attention");
    case "PlanUnblocked":
      return say("*", "Plan goes on");
    case "PlanFailed":
      return say("!", "Plan failed", "bad");
    case "MilestoneReached":
      return say("#", `Milestone: ${names.milestone(event.milestoneId)}`, "good");
    case "MilestoneMissed":
      return say("!", `Milestone missed: ${names.milestone(event.milestoneId)}: ${event.reason}`, "bad");
    case "FalloutCaseOpened":
      return say("!", `Case ${event.case.severity} for ${event.case.queue}: ${event.case.reason}`, "bad");
    case "OrderAmended":
      return say("*", "Order amended: its items are as wanted from now on", "strong");
    case "FalloutCaseClosed":
      return say("*", `Case closed: ${event.resolution}`);
    case "ResultParked":
      return say(" ", `${names.task(event.parked.taskId)}: its result came before its command was recorded; kept`, "quiet");
    case "ChangeRequested":
      return say("*", `${event.change.type === "CANCEL" ? "Cancellation" : "Amendment"} requested by ${event.change.requestedBy}: ${event.change.reason}`, "attention");
    case "ChangeRefused":
      return say("!", `The change was refused by ${event.by}: ${event.reason}`, "bad");
    case "ChangeCompleted":
      return say("*", "The change is done");
    case "OrderCancelled":
      return say("*", "Order cancelled");
    case "ItemCancelled":
      return say("*", `Item ${event.itemId} cancelled`);
    case "CompensationRequested":
      return say("<", `${names.task(event.compensation.originalTaskId)}: its effect is undone by policy ${event.compensation.policy}`, "attention");
    case "CompensationRefused":
      return say("!", `Undoing was refused by ${event.by}: ${event.reason}`, "bad");
    case "ApprovalRequested":
      return say("?", `Waits for the agreement of ${event.approval.role}`, "attention");
    case "ApprovalGiven":
      return say("*", `Agreed by ${event.by}: ${event.reason}`);
    case "ApprovalRefused":
      return say("!", `Not agreed by ${event.by}: ${event.reason}`, "bad");
    case "RepairApplied":
      return say("*", `Repair ${event.repair.action} by ${event.by}: ${event.repair.reason} (${event.authority.table}/${event.authority.row})`, "attention");
    case "FalloutCaseReassigned":
      return say("*", `Case handed to ${event.queue} by ${event.by}`);
    case "ApprovalVoided":
      return say("-", `The approval is void: ${event.reason}`, "attention");
    case "CompensationSettled":
      return event.succeeded ? null : say("!", "An effect could not be undone", "bad");
    case "OrderCancellationAssessed":
      return say("?", "Nothing new is sent: the order may be cancelled", "attention");
    case "OrderCancellationDropped":
      return say("*", "The order goes on");
    case "OrderMigrated":
      return say("*", `Moved from release ${event.from.name} to ${event.to.name} by ${event.by}: ${event.reason}`, "attention");
    case "PlanSuperseded":
      return say("*", `Version ${event.number} of the plan takes over`, "quiet");
    case "ChangeStarted":
    case "CompensationApproved":
    case "OrderCancellationStarted":
    case "ItemCancellationAssessed":
    case "ItemCancellationStarted":
    case "ItemCancellationDropped":
    case "PlanCancelled":
    case "OrderValidationStarted":
    case "OrderReadyForFulfillment":
    case "OrderFulfillmentStarted":
    case "PlanStarted":
    case "PlanCompleted":
    case "MilestoneNotApplicable":
    case "DependenciesMet":
    case "TaskWakeSet":
    case "TaskWoken":
    case "TaskReady":
    case "ParkedResultTaken":
      return null;
    default:
      return describeTask(event, names, moment, say);
  }
}

const HELD = { CUSTOMER_ACTION: "the customer must act", DELIBERATE: "on purpose", AMENDMENT: "until its amendment is carried out" } as const;

type TaskEvent = Extract<OrderEvent, { readonly taskId: string }>;

function describeTask(event: TaskEvent, names: OrderNames, moment: (at: string) => string, say: (mark: string, text: string, tone?: Tone) => EventLine): EventLine | null {
  const task = names.task(event.taskId);
  switch (event.type) {
    case "TaskDeferred":
      return say("~", `${task}: waits for the window of ${event.calendar}, ${moment(event.until)}`, "quiet");
    case "TaskSkipped":
      return names.isMessage(event.taskId) ? null : say("-", `${task}: skipped, ${event.reason}`, "quiet");
    case "TaskDispatched":
      return say(">", `${task}: sent to ${names.system(event.taskId)}${event.attempt > 1 ? `, attempt ${event.attempt}` : ""}`);
    case "TaskAccepted":
      return say("~", `${task}: accepted, result follows`, "quiet");
    case "TaskSucceeded":
      return say("+", `${task}: done${VIA[event.via]}${event.by === undefined ? "" : ` by ${event.by}`}`, "good");
    case "TaskAttemptFailed": {
      const { class: kind, code, message, rule } = event.failure;
      return say("!", `${task}: attempt ${event.attempt} failed, ${kind}: ${message} (${code}, by ${rule})`, "bad");
    }
    case "TaskOutcomeBecameUnknown":
      return say("?", `${task}: outcome unknown: ${event.cause}`, "attention");
    case "TaskStatusQueried":
      return say(">", `${task}: ${names.system(event.taskId)} asked what happened, question ${event.query}`);
    case "TaskQueryScheduled":
      return say("~", `${task}: asked about again ${moment(event.queryAt)}, ${event.reason}`, "quiet");
    case "TaskReconciled":
      return say("?", `${task}: reconciled: ${FOUND[event.found]}`, "attention");
    case "TaskResendRequested":
      return say(">", `${task}: is sent again with the same key: ${event.reason}`);
    case "TaskRetryScheduled":
      return say("~", `${task}: attempt ${event.attempt} comes ${moment(event.retryAt)}`, "attention");
    case "TaskTimeoutStepPassed":
      return say("?", `${task}: is late: a step of its timeout policy passed`, "attention");
    case "TaskAlternativeChosen":
      return say(">", `${task}: tries alternative ${event.alternative}`);
    case "TaskManualActionRequired":
      return say("?", `${task}: waits for ${event.manual.cause === "HOLD" ? "the customer" : `a person${event.manual.queue === null ? "" : ` in ${event.manual.queue}`}`}`, "attention");
    case "TaskFailedFinally":
      return say("!", `${task}: failed for good: ${event.reason}`, "bad");
    case "TaskCancelled":
      return say("-", `${task}: cancelled: ${event.reason}`, "quiet");
    case "TaskRetryRequested":
      return say(">", `${task}: tried again by ${event.by}: ${event.reason}`);
    case "TaskOutputsAmended":
      return say(">", `${task}: result changed at its system`);
    case "TaskWaived":
      return say("-", `${task}: waived by ${event.by}: ${event.reason}`, "attention");
    case "TaskReassigned":
      return say("?", `${task}: handed by ${event.by} to ${event.queue ?? event.role ?? "others"}`);
    case "TaskPayloadCorrected":
      return say(">", `${task}: ${Object.keys(event.corrections).join(", ")} corrected by ${event.by}`);
    case "ManualTaskClaimed":
      return say("?", `${task}: taken by ${event.by}`, "quiet");
    case "ManualTaskReleased":
      return say("?", `${task}: given back by ${event.by}`, "quiet");
    case "ManualTaskEscalated":
      return say("!", `${task}: not done in time, ${event.to} is told`, "attention");
    case "LateResultRecorded":
      return say("?", `${task}: a late result was recorded: ${event.reason}`, "attention");
    default:
      return null;
  }
}

const VIA = { response: "", callback: "", internal: "", person: "", query: ", as its system confirmed" } as const;

const FOUND = { succeeded: "it took effect", failed: "it failed", notFound: "it never took effect", inProgress: "it is still under way" } as const;
