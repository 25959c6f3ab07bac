import { parseDurationMs } from "../support/duration.ts";
import type { Decision } from "./decision.ts";
import { templateOf } from "./fallout.ts";
import type { TimeoutSteps } from "./timeout-clock.ts";

const NO_STEPS: TimeoutSteps = [];

/**
 * The timeout steps of a task: its type's policy and, for a charge, the time after which missing billing is escalated
 * (22b section 28: the product decides how long revenue may wait).
 */
export function timeoutSteps(decision: Decision, position: number): TimeoutSteps {
  const steps = decision.type(position).timeout?.steps ?? NO_STEPS;
  const { source } = decision.planned(position);
  if (source.by !== "billing-trigger") return steps;
  const trigger = templateOf(decision, source.template).billingTriggers[source.trigger];
  const afterMs = trigger ? parseDurationMs(trigger.definition.escalateAfter) : null;
  return afterMs === null ? steps : [...steps, { afterMs, in: null, do: "ESCALATE", everyMs: null, untilMs: null }];
}
