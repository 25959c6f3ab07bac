import { REPAIR_ACTIONS } from "../checks/repair-actions.ts";
import { RECORD_FIELDS } from "../record-fields.ts";
import { definition } from "./definition.ts";
import { choice, condition, duration, elements, list, record, reference, text, value } from "./parts.ts";

const path = (title: string, description: string, example: string) => text(title, description, [example], { pattern: "^[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z0-9_-]+)*$" });

const side = (title: string, description: string, fact: string) => record(
  title, description,
  {
    records: choice("Records", "Which of our own records.", Object.keys(RECORD_FIELDS)),
    system: reference("System", "The target system that is asked.", "target-system", "billing"),
    action: text("Action", "The question it answers with a list.", ["list-charges"]),
    where: condition("Where", "Leaves out records the rule is not about.", { all: [{ fact, path: "status", operator: "equal", value: "ACTIVE" }] }),
  },
  [], [{ records: "products" }],
  { oneOf: [{ required: ["records"] }, { required: ["system", "action"] }], dependentRequired: { system: ["action"], action: ["system"] } },
);

const pair = { source: path("Source", "Dotted path in the record of the source.", "itemId"), counterpart: path("Counterpart", "Dotted path in the record of the counterpart.", "reference") };

const drift = record(
  "Drift",
  "What one kind of difference means.",
  {
    id: text("Id", "Word that names it, unique in its rule.", ["missing"], { pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" }),
    drift: list("Drift", "MISSING: no counterpart; DUPLICATE: several; DIFFERENT: one that says something else; NONE: one that agrees.", choice("Drift", "A kind of difference.", ["MISSING", "DUPLICATE", "DIFFERENT", "NONE"]), [["MISSING"]], { minItems: 1, uniqueItems: true }),
    when: condition("When", "Only if this holds of the two records.", { all: [{ fact: "source", path: "charge.amount", operator: "greaterThan", value: 250 }] }),
    severity: choice("Severity", "How bad it is; P0 is the worst.", ["P0", "P1", "P2", "P3"]),
    queue: text("Queue", "Who takes care of it.", ["billing-operations"]),
    repairs: list("Repairs", "What may be done about it.", choice("Repair", "A repair.", REPAIR_ACTIONS), [["RETRY"]], { minItems: 1, uniqueItems: true }),
  },
  ["id", "drift", "severity", "queue", "repairs"], [{ id: "missing", drift: ["MISSING"], severity: "P1", queue: "billing-operations", repairs: ["RETRY"] }],
);

/** Reconciliation rule: two sides, what names the same thing on both, and what a difference means (A15). */
export const reconciliationRuleSchema = definition(
  "reconciliation-rule",
  { title: "Reconciliation rule", description: "Compares what two sides say about the same thing, and says what a difference means.", example: "active-without-billing" },
  {
    every: duration("Every", "How often the two sides are compared.", "PT15M"),
    grace: duration("Grace", "How long a record may be as it is before a difference counts.", "PT4H"),
    source: side("Source", "The side that says what ought to be.", "source"),
    counterpart: side("Counterpart", "The side that is looked up.", "counterpart"),
    match: list(
      "Match", "Paths whose values name the same thing on both sides; all of them.",
      record("Pair", "One path on each side.", pair, ["source", "counterpart"], [{ source: "itemId", counterpart: "reference" }]),
      [[{ source: "itemId", counterpart: "reference" }]], { minItems: 1, ...elements("pair", ["source", "counterpart"]) },
    ),
    compare: list(
      "Compare", "Paths whose values must agree.",
      record("Comparison", "One path on each side.", { ...pair, tolerance: value("Tolerance", "How far numbers, or instants as a duration, may be apart.", [0.01, "P1D"], { type: ["number", "string"] }) }, ["source", "counterpart"], [{ source: "charge.amount", counterpart: "amount" }]),
      [[{ source: "charge.amount", counterpart: "amount" }]], elements("comparison", ["source", "counterpart"]),
    ),
    drifts: list("Drifts", "What each difference means; the first that fits counts.", drift, [[{ id: "missing", drift: ["MISSING"], severity: "P1", queue: "billing-operations", repairs: ["RETRY"] }]], { minItems: 1, ...elements("drift", ["id"], { order: "meaning" }) }),
  },
  ["every", "grace", "source", "counterpart", "match", "drifts"],
);
