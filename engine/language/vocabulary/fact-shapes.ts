import type { FactName } from "../../rules/facts.ts";
import { ITEM_ACTIONS } from "../checks/item-domain.ts";
import { REPAIR_ACTIONS } from "../checks/repair-actions.ts";
import { TASK_STATES } from "../checks/task-states.ts";
import { free, instant, list, number, object, text, yesNo, type Shape } from "./shape.ts";

const STATES = ["SUBMITTED", "VALIDATING", "REJECTED", "READY_FOR_FULFILLMENT", "IN_PROGRESS", "HELD", "ASSESSING_CANCELLATION", "CANCELLING", "PARTIALLY_COMPLETED", "COMPLETED", "FAILED", "CANCELLED"] as const;
const FAILURE_CLASSES = ["TRANSIENT", "PERMANENT", "SEMANTIC", "POLICY", "UNKNOWN", "PARTIAL", "STALE", "DUPLICATE"] as const;
const EFFECTS = ["NONE", "POSSIBLE", "PARTIAL", "DONE"] as const;
const POINTS = ["none", "soft", "hard"] as const;

/** The outcomes of a milestone. */
const milestoneFields = { outcome: text("Whether it is reached", ["OPEN", "REACHED", "NOT_APPLICABLE", "MISSED"]), reachedAt: instant("When it was reached") };

/** One milestone of the fact `milestones`. */
export const milestoneShape: Shape = object("A milestone", milestoneFields);

const charge = object("A price of the accepted quote", { key: text("Its name"), type: text("What kind of charge", ["RECURRING", "ONE_TIME", "USAGE"]), amount: number("How much"), currency: text("In which currency"), period: text("How often"), replaces: text("The charge it takes the place of") }, true);

const task = object("The work", {
  id: text("Its id"), key: text("Its name in the plan template"), type: text("Key of its task type"), category: text("Kind of work"), targetSystem: text("Key of the system that does it"),
  state: text("Where it stands", TASK_STATES), outcome: text("How it ended", ["OPEN", "SUCCESS", "FAILURE"]), attempts: number("How often it was sent"),
  readyAt: instant("When it could start"), startedAt: instant("When it was first sent"), finishedAt: instant("When it ended"),
  request: free("What was sent"), outputs: free("What it has produced"), effect: text("What it did outside", EFFECTS), pointOfNoReturn: text("Whether it can be taken back", POINTS),
});

/**
 * What the engine says of each fact whatever was ordered; `engine/interpret/facts-of.ts` makes them, and a test holds the two
 * together. What the definitions add (characteristics, parameters, outputs) is put in by `vocabularyAt`.
 */
export const FACT_SHAPES: { readonly [fact in FactName]: Shape } = {
  order: object("The order as a whole", {
    id: text("Its id"), externalId: text("Its id at the sender"), state: text("Where it stands", STATES), channel: text("How it came"), region: text("Where"), priority: number("0 is ordinary, higher is more urgent"),
    acceptedAt: instant("When it was accepted"), requestedDate: instant("When it is wanted"), customer: free("Who ordered"), billingAccount: text("Who pays"), quote: free("The accepted quote"), contract: free("The contract"),
  }),
  item: object("The order item", {
    id: text("Its id in the order"), action: text("What is wanted", ITEM_ACTIONS), offering: text("Code of the product offering"), specification: text("Code of the specification"), state: text("Where it stands", STATES),
    holdCause: text("Why it is held", ["CUSTOMER_ACTION", "DELIBERATE", "AMENDMENT"]), customerStatus: text("What the customer sees"), quantity: number("How many"), requestedDate: instant("When it is wanted"),
    place: free("Where it is delivered"), appointment: free("When someone comes"), product: free("The installed product it changes"), characteristics: free("What was chosen"),
    charges: list("The accepted prices", charge), chargeKeys: list("Names of the charges", text("Name of a charge")), qualification: free("What was found to be possible"),
    openBlockingCases: number("Cases that keep it from completing"), delayed: yesNo("Whether it is late"), pointOfNoReturn: text("The furthest point that was passed", POINTS),
    billing: text("Where its charges stand", ["NOT_BILLABLE", "OPEN", "SENT", "ACKNOWLEDGED", "REJECTED"]),
  }),
  task,
  predecessor: { ...task, about: "The task it waits for" },
  edge: object("The dependency", { with: free("Its parameters"), wakeAt: instant("When it is looked at again") }),
  milestone: object("The milestone", { key: text("Its name"), ...milestoneFields, outputs: free("What the tasks that reach it have produced") }),
  milestones: object("Milestones of the item by name", {}),
  plan: object("The plan of the order", { state: text("Where it stands", ["CREATED", "RUNNING", "BLOCKED", "COMPLETED", "FAILED", "CANCELLED", "SUPERSEDED"]), number: number("The how-manieth plan of the order") }),
  failure: object("What went wrong", { code: text("The code of the other side"), class: text("What kind of failure", FAILURE_CLASSES), httpStatus: number("The HTTP status"), effect: text("What it may have done", EFFECTS) }),
  request: object("What is asked for", { type: text("What kind of change", ["CANCEL", "AMEND"]), paths: list("What an amendment changes", text("A dotted path of the item")), reason: text("Why") }),
  repair: object("The repair", { action: text("What is to be done", REPAIR_ACTIONS), amount: number("The money at stake") }),
  charge,
  case: free("The fallout case"),
  actor: object("Who does it", { id: text("The person"), roles: list("What the person may do", text("A role")), regions: list("Where", text("A region")) }),
  now: instant("The present moment"),
  with: free("What the template gives the task"),
  inputs: free("What the task receives from its dependencies"),
  result: free("What the other side answered"),
  source: free("The record that says what ought to be"),
  counterpart: free("The record it is compared with"),
};
