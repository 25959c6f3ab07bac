import { choice, named, record, reference, text, values } from "./parts.ts";

/** One dependency of a template's task: what it waits for, and by which rule. */
export const templateEdge = record(
  "Dependency",
  "What the task waits for. The dependency type says whether it binds a task, a milestone or an instant.",
  {
    type: reference("Type", "The rule of this dependency.", "dependency-type", "success"),
    task: named("Task", "Key of the task it waits for.", "task", "create-internet-service"),
    milestone: named("Milestone", "Key of the milestone it waits for.", "milestone", "installation-completed"),
    item: record(
      "Item", "The other items of the order whose task or milestone is meant; its own item when left out.",
      {
        relationship: text("Relationship", "Items to which this item has the relationship.", ["reliesOn"]),
        specification: text("Specification", "Items of this specification.", ["ENTERPRISE_LINE"]),
      },
      [], [{ relationship: "reliesOn" }],
      { oneOf: [{ required: ["relationship"] }, { required: ["specification"] }] },
    ),
    with: values("With", "Values for the parameters of the dependency type.", { output: "serviceId" }),
    as: text("As", "Name of the input it gives the waiting task; else the name of the output.", ["serviceId"], { pattern: "^[A-Za-z][A-Za-z0-9]*$" }),
    onImpossible: choice("When impossible", "What happens when it can no longer be met; the default comes from the type.", ["FALLOUT", "SKIP"]),
  },
  ["type"], [{ type: "success", task: "create-internet-service" }],
);
