import { definition } from "./definition.ts";
import { choice, duration, elements, list, record } from "./parts.ts";

/** States in which a task is not yet final; a timeout may be limited to some of them. */
const OPEN_STATES = ["READY", "DISPATCHED", "WAITING", "OUTCOME_UNKNOWN", "RETRY_SCHEDULED", "AWAITING_MANUAL_ACTION"] as const;

/** Timeout policy: what happens, step by step, when no answer comes (A5). */
export const timeoutPolicySchema = definition(
  "timeout-policy",
  { title: "Timeout policy", description: "What happens, step by step, when no answer comes.", example: "answer-in-minutes" },
  {
    steps: list(
      "Steps", "In the order of time.",
      record(
        "Step", "One thing to do after a time.",
        {
          after: duration("After", "Time since the task was sent.", "PT2M"),
          in: list("In states", "Only while the task is in one of these states; any open state when left out.", choice("State", "A state of the task.", OPEN_STATES), [["DISPATCHED"]], { minItems: 1 }),
          do: choice("Do", "What to do.", ["QUERY_STATUS", "MARK_OUTCOME_UNKNOWN", "RETRY_SAME_COMMAND", "ESCALATE", "CANCEL_TASK"]),
          every: duration("Every", "Repeat it this often.", "PT5M"),
          until: duration("Until", "Stop repeating at this time since the task was sent.", "PT2H"),
        },
        ["after", "do"], [{ after: "PT2M", do: "MARK_OUTCOME_UNKNOWN" }],
        { dependentRequired: { every: ["until"], until: ["every"] } },
      ),
      [[{ after: "PT2M", do: "MARK_OUTCOME_UNKNOWN" }]], { minItems: 1, ...elements("step", ["do"]) },
    ),
  },
  ["steps"],
);
