import { LIMITS } from "../limits.ts";
import { definition } from "./definition.ts";
import { choice, duration, flag, integer, list, number, record, text } from "./parts.ts";

const RANGE = { "x-code": "policy-out-of-range" } as const;

const failureClass = choice(
  "Class", "A class of failure, as the failure table of the target system decides it.",
  ["TRANSIENT", "PERMANENT", "SEMANTIC", "POLICY", "UNKNOWN", "PARTIAL", "STALE", "DUPLICATE"],
);
const code = text("Code", "A failure code of the target system.", ["SLOT_TAKEN"]);

/** Retry policy: which failures are tried again, how often and how far apart (A4). */
export const retryPolicySchema = definition(
  "retry-policy",
  { title: "Retry policy", description: "Which failures are tried again, how often and how far apart.", example: "standard" },
  {
    maxAttempts: integer("Attempts", "How often it is sent in all, the first time included.", 5, { minimum: 1, maximum: LIMITS.attempts, ...RANGE }),
    maxElapsed: duration("Longest time", "No further attempt after this time.", "PT4H"),
    backoff: record(
      "Backoff", "How long to wait between attempts.",
      {
        strategy: choice("Strategy", "How the wait grows.", ["FIXED", "LINEAR", "EXPONENTIAL"]),
        initialDelay: duration("First wait", "The wait before the second attempt.", "PT30S"),
        factor: number("Factor", "By how much an exponential wait grows each time.", 2, { minimum: 1, maximum: 100, ...RANGE }),
        maxDelay: duration("Longest wait", "The wait never grows beyond this.", "PT30M"),
        jitter: number("Jitter", "Share by which each wait is varied, 0 to 1, so that orders do not return all at once.", 0.2, { minimum: 0, maximum: 1, ...RANGE }),
      },
      ["strategy", "initialDelay"], [{ strategy: "EXPONENTIAL", initialDelay: "PT30S", factor: 2, maxDelay: "PT30M", jitter: 0.2 }],
    ),
    retryOn: record(
      "Retry on", "What is tried again.",
      { classes: list("Classes", "Classes of failure.", failureClass, [["TRANSIENT"]]), codes: list("Codes", "Further failure codes.", code, [["SLOT_TAKEN"]]) },
      ["classes"], [{ classes: ["TRANSIENT"] }],
    ),
    neverOn: record("Never on", "What is never tried again, whatever its class.", { codes: list("Codes", "Failure codes.", code, [["SLOT_TAKEN"]]) }, ["codes"], [{ codes: ["SLOT_TAKEN"] }]),
    reconcileFirst: flag("Ask first", "Ask the other side what became of the last attempt before another one is sent.", true),
    escalateAfterAttempts: integer("Tell someone after", "Number of attempts after which the owner is told.", 3, { minimum: 1, maximum: LIMITS.attempts, ...RANGE }),
    onExhausted: choice("When exhausted", "A fallout case, or the task has failed for good.", ["FALLOUT", "FAIL_FINAL"]),
  },
  ["maxAttempts", "retryOn", "onExhausted"],
);
