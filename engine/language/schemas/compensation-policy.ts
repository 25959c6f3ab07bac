import { definition } from "./definition.ts";
import { choice, condition, flag, record, reference, text, textValue, values, whenever } from "./parts.ts";

const LEVELS = ["NONE", "LOW", "MEDIUM", "HIGH"] as const;

/** Compensation policy: how an effect is undone, or why it is not (A6). */
export const compensationPolicySchema = definition(
  "compensation-policy",
  { title: "Compensation policy", description: "How the effect of a task is undone, or why it is not.", example: "release-resource" },
  {
    compensatable: flag("Can be undone", "Whether a task can take the effect back.", true),
    taskType: reference(
      "Undo task", "The task type that takes the effect back; its inputs are the outputs of the original.", "task-type", "release-resource",
      { "x-code": "compensation-missing" },
    ),
    with: values("With", "Values for the parameters of the undo task.", { profile: "=item.product.characteristics.speed" }),
    deadline: textValue("Deadline", "Instant after which it can no longer be undone.", ['=date and time(task.finishedAt) + duration("P30D")']),
    allowedWhen: condition(
      "Allowed when", "It may be undone only while this holds.",
      { all: [{ fact: "milestones", path: "installation-completed.outcome", operator: "notEqual", value: "REACHED" }] },
    ),
    approval: record(
      "Approval", "Who must agree first.",
      {
        role: text("Role", "The role that must agree.", ["finance-approver"]),
        when: condition("When", "Only when this holds; always when left out.", { all: [{ fact: "task", path: "request.charge.amount", operator: "greaterThan", value: 250 }] }),
      },
      ["role"], [{ role: "finance-approver" }],
    ),
    impact: record(
      "Impact", "What undoing means to others.",
      {
        customer: choice("Customer", "What the customer notices.", LEVELS),
        financial: choice("Financial", "What it costs.", LEVELS),
        legal: choice("Legal", "What it means to the contract.", LEVELS),
      },
      ["customer", "financial", "legal"], [{ customer: "LOW", financial: "NONE", legal: "NONE" }],
    ),
    reason: choice(
      "Reason", "Why it is not undone.", ["NO_EFFECT", "CORRECT_FORWARD", "IRREVERSIBLE", "UNDONE_WITH_PREDECESSOR"],
    ),
  },
  ["compensatable"],
  whenever({ compensatable: { const: true } }, ["taskType", "impact"], ["reason"], {
    codes: { taskType: "compensation-missing" },
    otherwise: {
      required: ["reason"],
      properties: { taskType: false, with: false, deadline: false, allowedWhen: false, approval: false, impact: false },
    },
  }),
);
