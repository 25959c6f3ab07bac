import { ITEM_MACHINE, ORDER_MACHINE, TASK_MACHINE } from "../../order/machines.ts";
import type { Json, JsonObject } from "../../support/json.ts";
import { choice, duration, elements, key, list, record, reference, text } from "./parts.ts";

const ORDER_STATES = Object.keys(ORDER_MACHINE);
const TASK_STATES = Object.keys(TASK_MACHINE);
const REFUSAL_CODE = "change-refused";
const TASK = { pattern: "^[^/]+/.+$" };

/** Names and what is expected of each. */
const each = (title: string, description: string, expected: JsonObject, example: JsonObject): JsonObject => ({ type: "object", title, description, examples: [example], additionalProperties: expected });
const counts = (title: string, description: string, example: JsonObject) => each(title, description, { type: "integer", minimum: 0 }, example);
const listOf = (title: string, description: string, entry: JsonObject, ...identity: readonly string[]) =>
  list(title, description, entry, [entry["examples"] as Json], elements((entry["title"] as string).toLowerCase(), identity, { order: "meaning" }));

const taskName = text("Task", "Item and key of a task.", ["1/activate-network"], TASK);
const tasks = list("Tasks", "Items and keys of tasks.", taskName, [["1/reserve-ont", "1/book-installation"]]);

const milestone = record("Milestone", "What becomes of one milestone.", {
  milestone: text("Milestone", "Item and key of the milestone.", ["1/service-activated"], TASK),
  outcome: choice("Outcome", "What became of it; REACHED when left out.", ["REACHED", "OPEN", "NOT_APPLICABLE", "MISSED"]),
  after: duration("After", "Exactly when it is reached, since acceptance.", "P4D"),
  by: duration("By", "When it is reached at the latest, since acceptance.", "P5D"),
}, ["milestone"], [{ milestone: "1/service-activated", by: "P5D" }]);

const charge = record("Charge", "One charge that is handed over, exactly once.", {
  charge: text("Charge", "Item and key of the charge.", ["1/base-fee"], TASK),
  trigger: reference("Trigger", "The billing trigger that hands it over.", "billing-trigger", "home-fiber-start"),
  effectiveFrom: text("Effective from", "The instant from which it is charged.", ["2026-11-06T09:00:00.000Z"]),
}, ["charge"], [{ charge: "1/base-fee" }]);

const message = record("Message", "One message the customer gets, exactly once.", {
  item: text("Item", "Id of the item it is about.", ["1"]),
  about: text("About", "Key of the milestone or customer status it is about.", ["service-activated"]),
  text: text("Text", "The words, in the customer's language.", ["Your service is active."]),
}, ["item", "about"], [{ item: "1", about: "service-activated", text: "Your service is active." }]);

const falloutCase = record("Case", "One fallout case that is opened.", {
  task: taskName,
  code: text("Code", "The failure's code.", ["OUT_OF_STOCK"]),
  queue: text("Queue", "Who takes care of it.", ["supply-operations"]),
  severity: choice("Severity", "How bad it is.", ["P0", "P1", "P2", "P3"]),
  state: choice("State", "Whether it is open at the end.", ["CLOSED", "OPEN"]),
}, [], [{ task: "1/reserve-router", code: "OUT_OF_STOCK" }]);

const refusal = record("Refusal", "One thing a person asks for and does not get.", {
  input: text("Input", "What was asked for.", ["RequestCancellation"], { pattern: "^[A-Z][A-Za-z]+$" }),
  code: key("Code", "Code of the refusal.", REFUSAL_CODE),
  message: text("Message", "The words of the refusal.", ["The service is being activated: order a disconnection instead."]),
}, ["input", "code"], [{ input: "RequestCancellation", code: REFUSAL_CODE }]);

const unwanted = record("Unwanted", "Something that happens at no time of the run.", {
  task: text("Task", "A task that is never begun or, with a state, never in that state.", ["1/ship-router"], TASK),
  state: choice("State", "The state the task is never in.", TASK_STATES),
  milestone: text("Milestone", "A milestone that is never reached.", ["1/service-activated"], TASK),
  command: text("Command", "System and action that are never sent.", ["billing.start-charge"], { pattern: "^[^.]+\\..+$" }),
  status: text("Status", "A status the customer never sees.", ["DELAYED"]),
  message: text("Message", "Key of a milestone or status the customer gets no message about.", ["service-activated"]),
  item: text("Item", "The item whose status or message is meant; any when left out.", ["1"]),
}, [], [{ task: "1/ship-router" }, { status: "DELAYED" }], {
  oneOf: ["task", "milestone", "command", "status", "message"].map((name) => ({ required: [name] })), dependentRequired: { state: ["task"] },
});

/** What a scenario expects; everything is optional. */
export const expectations = record("Expect", "What must come of it. What is left out may be anything.", {
  path: record("Path", "The order of the tasks.", {
    exactly: { ...tasks, title: "Exactly", description: "Every task that is begun, in that order." },
    inOrder: list("In order", "In each list, every task has ended well before the next one begins.", { ...tasks, minItems: 2 }, [[["1/reserve-ont", "1/book-installation"]]]),
  }, [], [{ inOrder: [["1/reserve-ont", "1/book-installation"]] }]),
  order: choice("Order", "State of the order at the end.", ["COMPLETED", ...ORDER_STATES.filter((state) => state !== "COMPLETED")]),
  items: each("Items", "State of each item at the end.", { enum: Object.keys(ITEM_MACHINE) }, { "1": "COMPLETED" }),
  tasks: each("Tasks", "State of tasks at the end; of the newest of its name.", { enum: TASK_STATES }, { "1/activate-network": "SUCCEEDED" }),
  milestones: listOf("Milestones", "What becomes of milestones, and when.", milestone, "milestone"),
  billing: listOf("Billing", "The charges handed over: these, each exactly once, and no others.", charge, "charge"),
  customerStatus: each("Customer status", "The statuses the customer sees of each item, in that order.", { type: "array", items: { type: "string" } }, { "1": ["PREPARING", "SERVICE_ACTIVE"] }),
  messages: listOf("Messages", "Messages the customer gets, each exactly once.", message, "item", "about"),
  duration: record("Duration", "From acceptance until the order has ended.", {
    exactly: duration("Exactly", "Exactly so long.", "P4D"),
    atMost: duration("At most", "Not longer than that.", "P5D"),
  }, [], [{ atMost: "P5D" }]),
  cases: listOf("Cases", "The fallout cases that are opened: these, in that order, and no others.", falloutCase, "task", "code"),
  commands: counts("Commands", "How often commands are sent, by system and action.", { "activation.configure": 1 }),
  effects: counts("Effects", "How often commands take effect, by system and action.", { "activation.configure": 1 }),
  refused: listOf("Refused", "What people ask for and are refused, in that order; nothing when left out.", refusal, "input", "code"),
  never: listOf("Never", "What must not happen.", unwanted, "task", "state", "milestone", "command", "status", "message", "item"),
}, [], [{ order: "COMPLETED" }]);
