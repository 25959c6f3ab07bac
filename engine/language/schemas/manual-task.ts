import { FACT_NAMES } from "../../rules/facts.ts";
import { definition } from "./definition.ts";
import { outcomes } from "./outcomes.ts";
import { choice, duration, elements, jsonSchema, list, record, reference, text, textValue } from "./parts.ts";

/** Manual task: what a person is asked, what they fill in and what they may decide (A12). */
export const manualTaskSchema = definition(
  "manual-task",
  { title: "Manual task", description: "What a person is asked, what they fill in and what they may decide.", example: "repair-task" },
  {
    queue: textValue("Queue", "Where it waits for someone; a repair takes it from the fallout case.", ["customer-care"]),
    role: text("Role", "Who may do it.", ["care-lead"], { "x-code": "human-task-incomplete" }),
    sla: record(
      "SLA", "By when it must be done; a repair takes it from the fallout case.",
      {
        within: duration("Within", "Time to do it.", "P1D"),
        calendar: reference("Calendar", "Count only its open hours.", "calendar", "business-hours"),
      },
      ["within"], [{ within: "P1D", calendar: "business-hours" }],
    ),
    action: text("Action", "What to do, in a sentence.", ["Find the cause, correct it, and say how the task goes on."]),
    context: list("Context", "Which facts the person sees.", choice("Fact", "A fact.", FACT_NAMES), [["order", "item"]]),
    form: jsonSchema(
      "Form", "What the person fills in.",
      { type: "object", properties: { reason: { type: "string", title: "Reason" } }, required: ["reason"] },
    ),
    outcomes: outcomes("What the person may decide.", [{ key: "REPAIRED", effect: "RETRY" }], { minItems: 1 }),
    escalation: list(
      "Escalation", "Who is told when nobody has finished it, in the order of time.",
      record(
        "Step", "One person or queue more that is told.",
        {
          after: duration("After", "Time since it began to wait, counted like its SLA.", "PT4H"),
          to: text("To", "Role or queue that is told.", ["support-lead"]),
        },
        ["after", "to"], [{ after: "PT4H", to: "support-lead" }],
      ),
      [[{ after: "PT4H", to: "support-lead" }]], elements("step", ["to"]),
    ),
    revalidate: list(
      "Revalidate", "What is checked again once the person has decided.",
      choice("Check", "The order against its schema, the dependencies of the task, or the evidence of its result.", ["ORDER_SCHEMA", "DEPENDENCIES", "EVIDENCE"]),
      [["DEPENDENCIES", "EVIDENCE"]], { uniqueItems: true },
    ),
  },
  ["role", "action", "form", "outcomes"],
);
