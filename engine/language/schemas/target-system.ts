import { definition } from "./definition.ts";
import { choice, duration, integer, number, record, reference, text } from "./parts.ts";

/** Target system: how another system is reached and what may be assumed about it (A10). */
export const targetSystemSchema = definition(
  "target-system",
  { title: "Target system", description: "How another system is reached and what may be assumed about it.", example: "billing" },
  {
    adapter: text("Adapter", "Name of the adapter that speaks to it.", ["http"], { pattern: "^[a-z][a-z0-9-]*$" }),
    endpoint: text(
      "Endpoint", "Name of the environment variable that holds the address; never the address itself.", ["BILLING_ENDPOINT"],
      { pattern: "^[A-Z][A-Z0-9_]*$" },
    ),
    completion: choice("Completion", "Whether the result is in the response or comes later as a callback.", ["response", "callback"]),
    effects: record(
      "Effects", "What a repeated or lost command does over there.",
      {
        class: choice(
          "Class", "idempotent-key: sending again with the same key is safe. queryable: it can be asked. neither: never send again.",
          ["idempotent-key", "queryable", "neither"], { "x-code": "downstream-class-missing" },
        ),
        settleWindow: duration("Settle window", "How long to wait before 'not found' is believed; required for queryable.", "PT30S"),
      },
      ["class"], [{ class: "queryable", settleWindow: "PT30S" }], { "x-code": "downstream-class-missing" },
    ),
    limits: record(
      "Limits", "How much it may be given at once.",
      {
        concurrency: integer("Concurrency", "Commands on their way at the same time.", 20, { minimum: 1, "x-code": "policy-out-of-range" }),
        outstanding: integer("Outstanding", "Commands without a final answer at the same time.", 200, { minimum: 1, "x-code": "policy-out-of-range" }),
        ratePerSecond: number("Rate per second", "Commands per second.", 50, { exclusiveMinimum: 0, "x-code": "policy-out-of-range" }),
      },
      ["concurrency"], [{ concurrency: 20, ratePerSecond: 50 }],
    ),
    failures: reference("Failure table", "Decision table of purpose failure: what kind of failure an error is.", "decision-table", "failure-classes"),
  },
  ["adapter", "endpoint", "completion", "effects", "limits", "failures"],
);
