import { definition } from "./definition.ts";
import { expectations } from "./expectations.ts";
import { elements, list, reference, text } from "./parts.ts";
import { scenarioOrder } from "./scenario-order.ts";
import { scriptLine } from "./script-line.ts";

/** Scenario: a test of the definitions, written by an analyst (A22). */
export const scenarioSchema = definition(
  "scenario",
  { title: "Scenario", description: "An order, what the world and people do, and what must come of it.", example: "home-fiber-add" },
  {
    order: scenarioOrder,
    extends: reference("Extends", "The scenario whose order and start are used instead of own ones.", "scenario", "home-fiber-add"),
    set: {
      type: "object", title: "Set", description: "What is different in that order: dotted path and value; an element of a list is named by its id or key.",
      examples: [{ "items.1.characteristics.speed": "500M" }],
    },
    startAt: text("Start", "When the order is accepted, on a virtual clock.", ["2026-11-02T09:00:00Z"]),
    script: list("Script", "What the world and people do; what no line names succeeds at once.", scriptLine, [[{ task: "1/activate-network", does: "TAKE_EFFECT_THEN_TIME_OUT" }]], elements("line", ["task", "query", "event", "manual", "do", "attempt", "at", "after"], { order: "meaning" })),
    expect: expectations,
  },
  ["script", "expect"],
  { oneOf: [{ required: ["order", "startAt"] }, { required: ["extends"] }], dependentRequired: { set: ["extends"] } },
);
