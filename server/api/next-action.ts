import type { Instant } from "../../engine/language/kinds.ts";
import { ORDER_MACHINE, type TaskState } from "../../engine/order/machines.ts";
import type { Order } from "../../engine/order/order.ts";
import type { TaskTimerPurpose } from "../../engine/order/task.ts";
import type { StepView } from "./step-view.ts";

/** What happens next to an order, as far as can be told now. */
export interface NextAction {
  readonly action: string;
  readonly step: string | null;
  /** When, if a clock decides. */
  readonly at: Instant | null;
}

/** The next action by the state of the step that keeps the order, or what the engine says of the whole; null when the order is over. */
export function nextAction(order: Order, blocking: StepView | null, sentence: string): NextAction | null {
  if (ORDER_MACHINE[order.state].length === 0) return null;
  if (blocking === null) return { action: sentence, step: null, at: null };
  const [say, clock] = SAYINGS[blocking.state] ?? [() => "Wait for the steps before it.", "wake"];
  return { action: say(blocking), step: blocking.id, at: clock === null ? null : (blocking.timers[clock] ?? null) };
}

type Saying = readonly [(step: StepView) => string, TaskTimerPurpose | null];

const SAYINGS: { readonly [state in TaskState]?: Saying } = {
  AWAITING_MANUAL_ACTION: [sayManual, null],
  OUTCOME_UNKNOWN: [(step) => `Find out what ${systemOf(step)} did with "${step.title}".`, "query"],
  RETRY_SCHEDULED: [(step) => `Try "${step.title}" again.`, "retry"],
  WAITING: [(step) => `Wait for the result of "${step.title}" from ${systemOf(step)}.`, "timeout"],
  DISPATCHED: [(step) => `Wait for the answer of ${systemOf(step)} to "${step.title}".`, "timeout"],
  READY: [(step) => `Start "${step.title}".`, "window"],
  PENDING: [(step) => `Wait until "${step.title}" may start.`, "wake"],
  FAILED_FINAL: [(step) => `Decide what follows the failure of "${step.title}".`, null],
};

function sayManual(step: StepView): string {
  const queue = step.manual?.queue ?? null;
  if (step.manual?.cause === "HOLD") return `Wait for the customer about "${step.title}".`;
  return queue === null ? `Work on "${step.title}".` : `Work on "${step.title}" in the queue ${queue}.`;
}

function systemOf(step: StepView): string {
  return step.targetSystemTitle ?? "the one who does it";
}
