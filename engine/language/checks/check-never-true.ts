import { jsonPointer } from "../../support/json-pointer.ts";
import type { CompileContext } from "../compile-context.ts";
import type { Condition } from "../kinds.ts";
import { canHold, type PossibleValues } from "./can-hold.ts";
import { chosenBy } from "./chosen-by.ts";
import { domainOfItem, schemasFor } from "./item-domain.ts";
import { TASK_STATES } from "./task-states.ts";

/** A condition that contradicts itself, or what is known about its facts, guards something that never happens. */
export function checkNeverTrue(context: CompileContext): void {
  const check = (file: string, path: string, condition: Condition | undefined, possible: PossibleValues, consequence: string): void => {
    if (condition && !canHold(condition, possible)) context.reportFor(file)("never-true", path, `This condition can never hold, so ${consequence}; correct it.`);
  };
  for (const { file, definition: template } of context.index.all("plan-template")) {
    const ofItem = itemValues(template.key, context);
    template.tasks.forEach(({ key, includeWhen }, position) =>
      check(file, jsonPointer("tasks", position, "includeWhen"), includeWhen, ofItem, `"${key}" is never part of a plan`));
    check(file, "/completeWhen", template.completeWhen, ofItem, "no item of this plan is ever complete");
  }
  for (const { file, definition: type } of context.index.all("task-type")) {
    check(file, "/preconditions", type.preconditions, anywhere, `"${type.key}" always becomes a case`);
  }
  for (const { file, definition: policy } of context.index.all("compensation-policy")) {
    if (policy.compensatable) check(file, "/allowedWhen", policy.allowedWhen, anywhere, "nothing is ever undone by it");
  }
  for (const { file, definition: trigger } of context.index.all("billing-trigger")) {
    check(file, "/charges", trigger.charges, anywhere, "it never hands over a charge");
  }
}

const OUTCOMES = ["OPEN", "REACHED", "NOT_APPLICABLE", "MISSED"];

const anywhere: PossibleValues = (fact, path) => {
  if (fact === "task" && path === "state") return TASK_STATES;
  if (fact === "milestones" && path.endsWith(".outcome")) return OUTCOMES;
  if (fact === "milestone" && path === "outcome") return OUTCOMES;
  return null;
};

/** What the items of a plan can be: the offerings and actions that lead to it, and what their order schemas let through. */
function itemValues(templateKey: string, context: CompileContext): PossibleValues {
  const chosen = chosenBy(templateKey, context);
  const schemas = chosen === null ? [] : schemasFor(chosen.offerings, context);
  return (fact, path) => {
    if (fact !== "item" || chosen === null) return anywhere(fact, path);
    if (path === "action") return [...chosen.actions];
    if (path === "offering") return [...chosen.offerings];
    const domain = domainOfItem(path.split("."), schemas, [...chosen.actions]);
    return domain?.values ? [...domain.values, ...(domain.optional ? [undefined, null] : [])] : null;
  };
}
