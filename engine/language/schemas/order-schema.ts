import { definition } from "./definition.ts";
import { condition, duration, elements, flag, integer, jsonSchema, list, record, text } from "./parts.ts";

const offering = text("Offering", "Code of a product offering.", ["HOME_FIBER_1G"]);

const qualification = (title: string, description: string) =>
  record(
    title, description,
    {
      required: flag("Required", "Whether an order must carry it.", true),
      results: list("Results", "Results that are good enough; any when left out.", text("Result", "A result.", ["qualified"]), [["qualified"]]),
      validFor: duration("Valid for", "How old it may be.", "P3D"),
      offerings: list("Offerings", "Offerings it is required for; all when left out.", offering, [["HOME_FIBER_1G"]]),
    },
    ["required"], [{ required: true, results: ["qualified"], validFor: "P3D" }],
  );

const itemSchema = (action: string, description: string) =>
  jsonSchema(action, description, { type: "object", properties: { quantity: { type: "integer" } } });

/** Order schema: what an order must carry before it is accepted (A16). */
export const orderSchemaSchema = definition(
  "order-schema",
  { title: "Order schema", description: "What an order must carry before it is accepted.", example: "home-fiber" },
  {
    offerings: list("Offerings", "The offerings it is for; each has exactly one order schema.", offering, [["HOME_FIBER_1G"]], { minItems: 1 }),
    quote: record(
      "Quote", "Whether an accepted quote is needed.",
      {
        required: flag("Required", "Whether an order must name a quote.", true),
        oneOrderPerVersion: flag("One order per version", "Whether one quote version becomes at most one order.", true),
      },
      ["required"], [{ required: true, oneOrderPerVersion: true }],
    ),
    qualification: record(
      "Qualification", "Which qualifications an order must carry.",
      {
        technical: qualification("Technical", "Can it be built there?"),
        commercial: qualification("Commercial", "May it be sold to this customer?"),
      },
      [], [{ technical: { required: true } }],
    ),
    relationships: list(
      "Relationships", "How items of one order belong together.",
      record(
        "Relationship", "One rule between items.",
        {
          from: text("From", "Offering that has the relationship.", ["MANAGED_ROUTER"]),
          type: text("Type", "Name of the relationship.", ["reliesOn"]),
          to: text("To", "Offering it points to.", ["ENTERPRISE_CONNECTIVITY"]),
          min: integer("At least", "How many there must be.", 1, { minimum: 0 }),
          max: integer("At most", "How many there may be; any number when left out.", 1, { minimum: 1 }),
        },
        ["from", "type", "to", "min"], [{ from: "MANAGED_ROUTER", type: "reliesOn", to: "ENTERPRISE_CONNECTIVITY", min: 1, max: 1 }],
      ),
      [[{ from: "MANAGED_ROUTER", type: "reliesOn", to: "ENTERPRISE_CONNECTIVITY", min: 1, max: 1 }]],
      elements("relationship", ["from", "type", "to"]),
    ),
    order: jsonSchema("Order", "What the order itself must carry.", { type: "object", required: ["customer"] }),
    actions: record(
      "Actions", "What an item must carry, per action. An action left out is refused.",
      {
        ADD: itemSchema("Add", "A new product."),
        MODIFY: itemSchema("Modify", "A change of an installed product."),
        DISCONNECT: itemSchema("Disconnect", "The end of an installed product."),
        NO_CHANGE: itemSchema("No change", "An item that stays as it is."),
      },
      [], [{ ADD: { type: "object" } }], { minProperties: 1 },
    ),
    breaches: list(
      "Breaches", "What makes an order unacceptable although each part is right.",
      record(
        "Breach", "One reason to refuse.",
        {
          code: text("Code", "Stable code of the reason.", ["date-in-the-past"], { pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" }),
          message: text("Message", "What the sender reads.", ["The requested date has passed."]),
          when: condition("When", "Refused when this holds.", { all: [{ fact: "item", path: "requestedDate", operator: "before", value: { fact: "now" } }] }),
        },
        ["code", "message", "when"],
        [{ code: "date-in-the-past", message: "The requested date has passed.", when: { all: [{ fact: "item", path: "requestedDate", operator: "before", value: { fact: "now" } }] } }],
      ),
      [[{ code: "date-in-the-past", message: "The requested date has passed.", when: { all: [{ fact: "item", path: "requestedDate", operator: "before", value: { fact: "now" } }] } }]],
      elements("breach", ["code"]),
    ),
  },
  ["offerings", "quote", "order", "actions"],
);
