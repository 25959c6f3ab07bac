import { definition } from "./definition.ts";
import { choice, duration, integer, number, record, reference, text } from "./parts.ts";

const RANGE = { "x-code": "policy-out-of-range" } as const;

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
        concurrency: integer("Concurrency", "Commands on their way at the same time.", 20, { minimum: 1, ...RANGE }),
        outstanding: integer("Outstanding", "Commands without a final answer at the same time.", 200, { minimum: 1, ...RANGE }),
        ratePerSecond: number("Rate per second", "Commands per second.", 50, { exclusiveMinimum: 0, ...RANGE }),
      },
      ["concurrency"], [{ concurrency: 20, ratePerSecond: 50 }],
    ),
    breaker: record(
      "Circuit breaker", "When it is left alone because it keeps failing.",
      {
        failureRate: number("Failure rate", "Share of failed calls, 0 to 1, from which nothing more is sent.", 0.5, { exclusiveMinimum: 0, maximum: 1, ...RANGE }),
        minimumCalls: integer("Minimum calls", "Fewer calls than this in the window never open it.", 10, { minimum: 1, ...RANGE }),
        window: duration("Window", "Span over which calls are counted.", "PT1M"),
        openFor: duration("Open for", "How long nothing is sent before it is tried again.", "PT30S"),
        probes: integer("Probes", "Calls let through to find out whether it works again.", 1, { minimum: 1, ...RANGE }),
      },
      ["failureRate", "minimumCalls", "window", "openFor", "probes"],
      [{ failureRate: 0.5, minimumCalls: 10, window: "PT1M", openFor: "PT30S", probes: 1 }],
    ),
    retryBudget: record(
      "Retry budget", "How many of its calls may be repetitions, so that retries never become a storm.",
      {
        share: number("Share", "Share of the calls of the window, 0 to 1.", 0.1, { minimum: 0, maximum: 1, ...RANGE }),
        minimum: integer("Minimum", "Repetitions that are allowed however few calls there are.", 5, { minimum: 0, ...RANGE }),
        window: duration("Window", "Span over which calls are counted.", "PT1M"),
      },
      ["share", "minimum", "window"], [{ share: 0.1, minimum: 5, window: "PT1M" }],
    ),
    failures: reference("Failure table", "Decision table of purpose failure: what kind of failure an error is.", "decision-table", "failure-classes"),
    degraded: choice("When left alone", "QUEUE: its work waits; REFUSE: its work becomes a case for a person. QUEUE when left out.", ["QUEUE", "REFUSE"]),
  },
  ["adapter", "endpoint", "completion", "effects", "limits", "failures"],
);
