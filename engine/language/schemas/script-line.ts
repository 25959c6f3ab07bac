import { choice, duration, integer, list, record, reference, text, value } from "./parts.ts";

const taskName = { pattern: "^[^/]+/.+$" };
const object = (title: string, description: string, example: { readonly [name: string]: string }) => ({ type: "object", title, description, examples: [example] });

/**
 * One line of a script, whatever it is about: a form shows all members. Which of them belong together is said by
 * `checkScriptLine`, which explains it better than a `oneOf`.
 */
export const scriptLine = record(
  "Line",
  "What a system does with a task, what it answers to a question, an event from outside, what a person decides or asks for.",
  {
    task: text("Task", "Item and key of the task whose command is answered, or which is tried again.", ["1/activate-network"], taskName),
    query: reference("Query", "Key of the target system that is asked.", "target-system", "activation"),
    event: text("Event", "Name of an event from outside.", ["delivery-completed"]),
    manual: text("Manual", "Item and key of the task a person works on.", ["1/repair"], taskName),
    pace: choice("Pace", "Work takes as long as its task type usually does, where no line says how long.", ["USUAL"]),
    attempt: integer("Attempt", "The n-th time the command is sent, the system is asked, or the person works on it; every time when left out.", 1, { minimum: 1 }),
    does: choice("Does", "What the system does, or how it answers.", [
      "SUCCEED", "FAIL", "ACCEPT_THEN_FAIL", "TAKE_EFFECT_THEN_TIME_OUT", "TIME_OUT_WITHOUT_EFFECT", "DUPLICATE", "REORDER", "LATE", "LOSE_CALLBACK", "FOUND_SUCCEEDED", "NOT_FOUND", "IN_PROGRESS", "NO_ANSWER",
    ]),
    at: duration("At", "When it happens: a duration since acceptance.", "P1D"),
    after: text("After", "How long it takes; for what a person asks for, the task and the state or failure it waits for.", ["PT1H", "1/activate-network SUCCEEDED"]),
    afterEvents: integer("After events", "What a person asks for, or comes from outside, as soon as the order has had so many events.", 12, { minimum: 1 }),
    do: choice("Do", "What a person asks for.", ["CANCEL", "AMEND", "APPROVE", "REFUSE", "HOLD", "RESUME", "RETRY", "REPAIR"]),
    as: text("As", "The role in which it is done; the usual one when left out. Who works on a manual task has it besides the one the task asks for.", ["care-agent"]),
    item: text("Item", "Id of the order item it is about.", ["1"]),
    items: list("Items", "Ids of the order items to cancel; the whole order when left out.", text("Item", "Id of an order item.", ["1"]), [["1"]], { minItems: 1 }),
    set: object("Set", "Dotted path in the item and the value wanted there.", { "characteristics.speed": "500M" }),
    repair: object("Repair", "The repair: its action, and what it needs; the task as item and key.", { action: "WAIVE", taskId: "1/notify" }),
    outcome: text("Outcome", "The outcome a person chooses.", ["APPROVED"]),
    form: object("Form", "What the person fills in.", { reason: "Checked by phone." }),
    evidence: value("Evidence", "What proves the work.", [{ reference: "T-1" }]),
    data: object("Data", "What the event carries.", { place: "warehouse" }),
    result: value("Result", "What the system answers; a sample of the task's evidence when left out.", [{ reference: "R-1" }]),
    code: text("Code", "The failure's code.", ["OUT_OF_STOCK"]),
    httpStatus: integer("HTTP status", "The failure's HTTP status; 422 when left out.", 422, { minimum: 100, maximum: 599 }),
    message: text("Message", "The failure in words.", ["No router of this model is left."]),
    effect: choice("Effect", "What the system says it did although it failed; NONE when left out.", ["NONE", "POSSIBLE", "PARTIAL"]),
    reason: text("Reason", "Why the person does it.", ["The customer has changed their mind."]),
    times: integer("Times", "How often the line holds.", 1, { minimum: 1 }),
  },
  [], [{ task: "1/activate-network", does: "TAKE_EFFECT_THEN_TIME_OUT" }],
);
