import type { JsonObject } from "../../support/json.ts";
import { definition } from "./definition.ts";
import { outcomes } from "./outcomes.ts";
import { choice, condition, duration, elements, flag, jsonSchema, list, record, reference, text, textValue, values, whenever } from "./parts.ts";

const work = record(
  "Work",
  "Who does it: a target system, a person or the engine itself.",
  {
    by: choice("By", "Who does the work.", ["system", "person", "internal"]),
    mode: choice("Mode", "A command has an effect on the other side; a query has none.", ["command", "query"]),
    manualTask: reference("Manual task", "What the person sees, fills in and decides.", "manual-task", "approve-early-end"),
    effect: choice("Effect", "What the engine does itself.", ["INSTALLED_BASE"]),
  },
  ["by"], [{ by: "system", mode: "command" }],
  {
    allOf: [
      whenever({ by: { const: "system" } }, ["mode"], ["manualTask", "effect"]),
      whenever({ by: { const: "person" } }, ["manualTask"], ["mode", "effect"]),
      whenever({ by: { const: "internal" } }, ["effect"], ["mode", "manualTask"]),
    ],
  },
);

/** A further command about work that was sent already. */
const delta = (title: string, description: string, action: string): JsonObject =>
  record(
    title, description,
    {
      action: text("Action", "What the target system is asked to do.", [action]),
      request: values("Request", "What is sent. `task` is the work it is about.", { appointmentId: "=task.outputs.appointmentId" }),
    },
    ["action", "request"], [{ action, request: { appointmentId: "=task.outputs.appointmentId" } }],
  );

/** Task type: a reusable kind of work, with everything needed to send it, prove it and undo it (A2). */
export const taskTypeSchema = definition(
  "task-type",
  { title: "Task type", description: "A kind of work: who does it, what is sent, what proves it and how it is undone.", example: "reserve-resource" },
  {
    category: text("Category", "Kind of work, for authority and fallout.", ["PROVISIONING"], { pattern: "^[A-Z][A-Z0-9_]*$" }),
    owner: text("Owner", "The team that answers for it.", ["network-operations"]),
    targetSystem: reference("Target system", "The system that does it; only for work by a system.", "target-system", "resource-inventory"),
    action: text("Action", "What the target system is asked to do.", ["reserve"]),
    mandatory: flag("Mandatory", "Whether an item waits for it, unless its template says otherwise; true when left out.", true),
    work,
    parameters: jsonSchema(
      "Parameters", "What a template must give it in `with`.",
      { type: "object", properties: { resource: { type: "string" } }, required: ["resource"] },
    ),
    inputs: jsonSchema(
      "Inputs", "What it must receive from its dependencies before it is sent.",
      { type: "object", properties: { serviceId: { type: "string" } }, required: ["serviceId"] },
    ),
    preconditions: condition(
      "Preconditions", "Checked before it is sent; otherwise it becomes a fallout case.",
      { all: [{ fact: "item", path: "place.validated", operator: "equal", value: true }] },
    ),
    request: values("Request", "What is sent. Evaluated once and stored: a repeat sends the same bytes.", { resource: "=with.resource" }),
    evidence: jsonSchema(
      "Evidence", "What an answer must prove before the task counts as done. For a person's work the form is the evidence.",
      { type: "object", properties: { reservationId: { type: "string" } }, required: ["reservationId"] },
    ),
    outputs: values("Outputs", "What later tasks may use, taken from the result.", { reservationId: "=result.reservationId" }),
    retry: reference("Retry policy", "When and how often it is tried again; required for work by a system.", "retry-policy", "standard"),
    timeout: reference("Timeout policy", "What happens when no answer comes; required for work by a system.", "timeout-policy", "answer-in-minutes"),
    usualDuration: duration("Usual duration", "How long it takes when all goes well. It decides nothing: people read it, and simulations may go by it.", "PT40S"),
    outcomes: outcomes("Business answers of the target system that are neither success nor failure.", [{ key: "NO_ACCESS", effect: "HOLD" }]),
    amend: delta("Amend", "Sends the difference when an amendment reaches work that is done.", "reschedule-appointment"),
    withdraw: delta("Withdraw", "Calls back a command that is still under way.", "cancel-work"),
    compensation: reference(
      "Compensation policy", "How its effect is undone, or why it is not.", "compensation-policy", "release-resource",
      { "x-code": "compensation-missing" },
    ),
    irreversible: flag("Irreversible", "True when its effect can never be taken back.", false),
    locks: list(
      "Locks", "What nobody else may work on while it runs.",
      record(
        "Lock", "One thing that is locked.",
        {
          scope: choice("Scope", "What kind of thing.", ["customer-account", "asset", "service-location", "resource-pool", "billing-account"]),
          key: textValue("Key", "Which one; a null takes no lock.", ["=item.place.id"]),
        },
        ["scope", "key"], [{ scope: "service-location", key: "=item.place.id" }],
      ),
      [[{ scope: "service-location", key: "=item.place.id" }]], elements("lock", ["scope", "key"]),
    ),
  },
  ["category", "owner", "action", "work", "compensation"],
  whenever({ work: { properties: { by: { enum: ["person", "internal"] } } } }, [], ["amend", "withdraw"]),
);
