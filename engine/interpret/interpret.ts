import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Input } from "../order/inputs.ts";
import type { Order } from "../order/order.ts";
import { advance } from "./advance.ts";
import { changesBetween } from "./changes.ts";
import { Decision } from "./decision.ts";
import { completeManualTask } from "./handlers/complete-manual-task.ts";
import { decideApproval } from "./handlers/decide-approval.ts";
import { claimManualTask } from "./handlers/claim-manual-task.ts";
import { holdItem } from "./handlers/hold-item.ts";
import { requestAmendment } from "./handlers/request-amendment.ts";
import { requestRepair } from "./handlers/request-repair.ts";
import { migrateOrder } from "./handlers/migrate-order.ts";
import { receiveExternalEvent } from "./handlers/external-event.ts";
import { fulfillOrder } from "./handlers/fulfill-order.ts";
import { requestCancellation } from "./handlers/request-cancellation.ts";
import { resumeItem } from "./handlers/resume-item.ts";
import { retryTask } from "./handlers/retry-task.ts";
import { submitOrder } from "./handlers/submit-order.ts";
import { reportTask } from "./handlers/task-reported.ts";
import { dispatchAdmitted } from "./handlers/tasks-admitted.ts";
import { fireTimer } from "./handlers/timer-fired.ts";
import type { Interpretation, Rejection } from "./interpretation.ts";
import { timerCommands } from "./timer-commands.ts";

/**
 * The engine's one call. It performs nothing and decides everything: what the input does to the order, as events; what
 * must be done outside, as commands. The same order, input and release give the same bytes on the server, in the command
 * line and in the browser. An input already applied yields no event and no command; one that may not be applied yields a
 * rejection and changes nothing. Throws only for a defect of ours. `next` is the release an input wants the order to move
 * to (`releaseWanted`); it decides from the migration on.
 */
export async function interpret(order: Order | null, input: Input, release: CompiledRelease, next: CompiledRelease | null = null): Promise<Interpretation> {
  const rejection = refuse(order, input, release);
  if (rejection) return { accepted: false, rejection };
  const decision = new Decision(order, input, release);
  const refusal = await route(decision, input, next);
  if (refusal) return { accepted: false, rejection: refusal };
  if (decision.events.length > 0) await advance(decision);
  const changes = changesBetween(order, decision.order);
  decision.commands.push(...timerCommands(order, decision.order, changes));
  return { accepted: true, order: decision.order, events: decision.events, commands: decision.commands, changes };
}

function refuse(order: Order | null, input: Input, release: CompiledRelease): Rejection | null {
  if (input.type === "SubmitOrder") return order ? { code: "order-exists", message: `Order ${order.id} exists already.` } : null;
  if (!order) return { code: "order-not-found", message: "There is no order to apply this to." };
  if (order.release.digest === release.digest) return null;
  return { code: "release-mismatch", message: `Order ${order.id} runs on release ${order.release.name}, not on ${release.name}.` };
}

/** One input, one handler. */
function route(decision: Decision, input: Input, next: CompiledRelease | null): Rejection | null | Promise<Rejection | null> {
  switch (input.type) {
    case "SubmitOrder":
      return submitOrder(decision, input);
    case "FulfillOrder":
      return fulfillOrder(decision);
    case "TasksAdmitted":
      return dispatchAdmitted(decision, input);
    case "TaskReported":
      return reportTask(decision, input);
    case "TimerFired":
      return fireTimer(decision, input);
    case "ExternalEventReceived":
      return receiveExternalEvent(decision, input);
    case "CompleteManualTask":
      return completeManualTask(decision, input);
    case "RetryTask":
      return retryTask(decision, input);
    case "RequestRepair":
      return requestRepair(decision, input);
    case "ClaimManualTask":
    case "ReleaseManualTask":
      return claimManualTask(decision, input);
    case "HoldItem":
      return holdItem(decision, input);
    case "RequestAmendment":
      return requestAmendment(decision, input);
    case "RequestCancellation":
      return requestCancellation(decision, input);
    case "DecideApproval":
      return decideApproval(decision, input, next);
    case "MigrateOrder":
      return migrateOrder(decision, input, next);
    case "ResumeItem":
      return resumeItem(decision, input);
  }
}
