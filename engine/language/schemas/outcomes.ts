import type { Json, JsonObject } from "../../support/json.ts";
import { choice, elements, list, record, text } from "./parts.ts";

/** A list of business outcomes, of a system or of a person, and what each does to the task. */
export function outcomes(description: string, example: readonly Json[], extra: JsonObject = {}): JsonObject {
  return list(
    "Outcomes", description,
    record(
      "Outcome", "One answer and what it does.",
      {
        key: text("Key", "Code of the answer.", ["NO_ACCESS"], { pattern: "^[A-Z][A-Z0-9_]*$" }),
        title: text("Title", "What people read on the button or in the history.", ["Nobody at home"]),
        effect: choice(
          "Effect",
          "SUCCEED ends the task well, RETRY sends it again, WAIVE does without it, FAIL ends it for good, HOLD waits for the customer, "
            + "REQUOTE waits for a revised quote, CANCEL_ITEM and CANCEL_ORDER ask for a cancellation.",
          ["SUCCEED", "RETRY", "WAIVE", "FAIL", "HOLD", "REQUOTE", "CANCEL_ITEM", "CANCEL_ORDER"],
        ),
      },
      ["key", "effect"], [{ key: "NO_ACCESS", effect: "HOLD" }],
    ),
    [example], { ...elements("outcome", ["key"]), ...extra } as { readonly [keyword: string]: Json },
  );
}
