import { definition } from "./definition.ts";
import { condition, duration, flag, reference, text, textValue } from "./parts.ts";

/** Billing trigger: which charges go to billing at which milestone (A7). */
export const billingTriggerSchema = definition(
  "billing-trigger",
  { title: "Billing trigger", description: "Which charges are handed to billing when a milestone is reached.", example: "home-fiber-start" },
  {
    milestone: text("Milestone", "Key of the milestone, of every template that uses the trigger.", ["service-activated"], { "x-code": "billing-untied" }),
    charges: condition(
      "Charges", "Which charges of the accepted prices it hands over.",
      { all: [{ fact: "charge", path: "type", operator: "equal", value: "RECURRING" }] },
    ),
    taskType: reference("Task type", "The task that hands one charge over.", "task-type", "start-charge"),
    effectiveFrom: textValue("Effective from", "Instant from which the charge counts; arrives as inputs.effectiveFrom.", ["=milestone.reachedAt"]),
    blocksCompletion: flag("Blocks completion", "Whether the item waits until billing has acknowledged.", true),
    escalateAfter: duration("Escalate after", "Time after the milestone at which missing billing is escalated.", "PT4H"),
  },
  ["milestone", "charges", "taskType", "effectiveFrom", "blocksCompletion", "escalateAfter"],
);
