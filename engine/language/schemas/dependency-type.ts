import type { JsonObject } from "../../support/json.ts";
import { definition } from "./definition.ts";
import { choice, jsonSchema, textValue } from "./parts.ts";

function rule(title: string, description: string, example: JsonObject): JsonObject {
  return { type: ["object", "string"], title, description, examples: [example], "x-editor": "condition" };
}

/** Dependency type: a rule under which one task waits for another task, a milestone or an instant (A3). */
export const dependencyTypeSchema = definition(
  "dependency-type",
  { title: "Dependency type", description: "A rule for waiting, written once and used by many plan templates.", example: "output" },
  {
    binds: choice("Binds", "What a dependency of this type waits for.", ["task", "milestone", "instant"]),
    parameters: jsonSchema(
      "Parameters", "What a dependency gives in `with`; each may be used as {name} below. Examples let the compiler try the rule.",
      { type: "object", properties: { output: { type: "string", examples: ["serviceId"] } }, required: ["output"] },
    ),
    wakeAt: textValue("Wake at", "Instant at which the dependency is looked at again.", ["{at}"]),
    satisfiedWhen: rule(
      "Satisfied when", "The dependency is met when this holds.",
      { all: [{ fact: "predecessor", path: "outcome", operator: "equal", value: "SUCCESS" }] },
    ),
    impossibleWhen: rule(
      "Impossible when", "The dependency can never be met when this holds, beside the rule that its source is final.",
      { all: [{ fact: "now", operator: "after", value: { fact: "edge", path: "wakeAt" } }] },
    ),
    provides: textValue("Provides", "The input it gives the waiting task.", ["=predecessor.outputs.{output}"]),
    onImpossible: choice("When impossible", "A fallout case, or the waiting task is skipped.", ["FALLOUT", "SKIP"]),
  },
  ["binds", "satisfiedWhen"],
);
