import { LIMITS } from "../limits.ts";
import { definition } from "./definition.ts";
import { templateEdge } from "./template-edge.ts";
import { condition, duration, elements, flag, key, list, named, record, reference, text, textValue, value, values, choice } from "./parts.ts";

const task = record(
  "Task",
  "One piece of work of the plan.",
  {
    key: key("Key", "Name of the task, unique in its template.", "reserve-ont"),
    type: reference("Type", "What kind of work it is.", "task-type", "reserve-resource"),
    title: text("Title", "What people call it; the title of its type when left out.", ["Reserve the router"]),
    with: values("With", "Values for the parameters of the task type, fixed when the plan is made.", { resource: "ONT" }),
    includeWhen: condition(
      "Include when", "The task is skipped by policy unless this holds when the plan is made.",
      { all: [{ fact: "item", path: "characteristics.routerRequired", operator: "equal", value: true }] },
    ),
    dependsOn: list(
      "Depends on", "What must hold before the task may start; all of it.", templateEdge, [[{ type: "success", task: "create-service" }]],
      elements("dependency", ["type", "task", "milestone", "item"]),
    ),
    mandatory: flag("Mandatory", "Whether the item waits for it; the default comes from the task type.", true),
    pointOfNoReturn: choice(
      "Point of no return", "Passed when the task is sent: soft makes cancelling costly, hard makes it impossible.", ["soft", "hard"],
    ),
    compensation: reference(
      "Compensation", "Replaces the compensation policy of the task type.", "compensation-policy", "restore-profile",
    ),
    compensates: named("Compensates", "Key of the task that this one undoes; it receives that task's outputs.", "task", "reserve-goods"),
    alternatives: list(
      "Alternatives", "What to try, in order, before a failure becomes a fallout case.",
      record(
        "Alternative", "Other values for one retry.",
        {
          onCodes: list("On codes", "Failure codes that lead here.", text("Code", "A failure code.", ["OUT_OF_STOCK"]), [["OUT_OF_STOCK"]], { minItems: 1 }),
          with: values("With", "The values to use instead.", { resource: "WIFI_ROUTER_PLUS" }),
        },
        ["onCodes", "with"], [{ onCodes: ["OUT_OF_STOCK"], with: { resource: "WIFI_ROUTER_PLUS" } }],
      ),
      [[{ onCodes: ["OUT_OF_STOCK"], with: { resource: "WIFI_ROUTER_PLUS" } }]],
      elements("alternative", ["onCodes"], { order: "meaning", line: false }),
    ),
    window: reference("Window", "Calendar within whose hours the task may be sent.", "calendar", "business-hours"),
  },
  ["key", "type"], [{ key: "reserve-ont", type: "reserve-resource", with: { resource: "ONT" } }],
);

const milestone = record(
  "Milestone",
  "A fact about the item that other tasks, billing and the customer's view wait for. Reached by tasks, by an event from outside or by the clock.",
  {
    key: key("Key", "Name of the milestone, unique in its template.", "service-activated"),
    reachedBy: list(
      "Reached by", "Keys of the tasks that must all have ended well.", named("Task", "Key of a task of this template.", "task", "verify-service"),
      [["verify-service"]], { minItems: 1 },
    ),
    reachedOn: text("Reached on", "Name of the event from outside that reaches it.", ["delivery-completed"]),
    expectedBy: textValue(
      "Expected by", "Instant after which the missing event becomes a fallout case.",
      ['=date and time(item.requestedDate) + duration("P2D")'],
    ),
    reachedAt: value("Reached at", "Instant at which the clock reaches it.", ["=item.requestedDate"]),
  },
  ["key"], [{ key: "service-activated", reachedBy: ["verify-service"] }],
  { oneOf: [{ required: ["reachedBy"] }, { required: ["reachedOn"] }, { required: ["reachedAt"] }], dependentRequired: { expectedBy: ["reachedOn"] } },
);

/** Plan template: the graph of tasks that fulfills one action on one offering (A1). */
export const planTemplateSchema = definition(
  "plan-template",
  { title: "Plan template", description: "The tasks, dependencies and milestones that fulfill one action on one offering.", example: "home-fiber-add" },
  {
    milestoneMap: reference("Milestone map", "What the customer sees of the milestones.", "milestone-map", "home-fiber"),
    changePolicy: reference("Change policy", "How cancellations and amendments are taken; without one none is.", "change-policy", "home-fiber"),
    fallout: reference("Fallout table", "Decision table of purpose fallout: who takes care of failures.", "decision-table", "fallout"),
    deadline: duration("Deadline", "Duration since acceptance, or a FEEL instant; past it the item is delayed.", "P21D"),
    tasks: list("Tasks", "The work, in the order in which it is best read.", task, [[{ key: "reserve-ont", type: "reserve-resource" }]], { minItems: 1, maxItems: LIMITS.tasksPerTemplate, "x-code": { maxItems: "too-large" }, ...elements("task", ["key"], { line: false }) }),
    milestones: list("Milestones", "What has been achieved on the way.", milestone, [[{ key: "service-activated", reachedBy: ["verify-service"] }]], elements("milestone", ["key"])),
    billingTriggers: list(
      "Billing triggers", "Which triggers hand the charges of this plan to billing.",
      reference("Billing trigger", "Key of a billing trigger.", "billing-trigger", "home-fiber-start"), [["home-fiber-start"]],
    ),
    completeWhen: condition(
      "Complete when", "What must hold per item, beyond its mandatory tasks, before it is complete.",
      { all: [{ fact: "item", path: "openBlockingCases", operator: "equal", value: 0 }] },
    ),
  },
  ["milestoneMap", "fallout", "tasks", "milestones", "billingTriggers"],
);
