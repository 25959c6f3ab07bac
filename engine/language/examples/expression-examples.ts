import { broken, comparison, type CheckExample } from "./check-example.ts";
import { TEMPLATE, RESERVE, STANDARD } from "./files.ts";
import type { Draft } from "./minimal-release.ts";

const nestedCondition = (depth: number): Draft => (depth === 0 ? { fact: "item", path: "quantity", operator: "equal", value: 1 } : { all: [nestedCondition(depth - 1)] });

/** Conditions, expressions and spans. */
export const expressionExamples: readonly CheckExample[] = [
  broken("condition-malformed", "a condition has no operator word", `${TEMPLATE}#/completeWhen`, [TEMPLATE, "/completeWhen", { every: [] }]),
  broken("unknown-operator", "an operator does not exist", `${TEMPLATE}#/completeWhen/all/0/operator`, [TEMPLATE, "/completeWhen/all/0/operator", "like"]),
  broken("unknown-fact", "includeWhen looks at the clock", `${TEMPLATE}#/tasks/1/includeWhen/all/0/fact`, [TEMPLATE, "/tasks/1/includeWhen", comparison("now", "x", "equal", 1)]),
  broken("path-forbidden", "a path is a filter", `${TEMPLATE}#/completeWhen/all/0/path`, [TEMPLATE, "/completeWhen", comparison("item", "$..[?(@.x)]", "equal", 1)]),
  broken("unknown-fact", "a condition looks at the weather", `${TEMPLATE}#/completeWhen/all/0/fact`, [TEMPLATE, "/completeWhen", comparison("weather", "x", "equal", 1)]),
  broken("unknown-fact", "a condition allows facts that do not exist", `${TEMPLATE}#/completeWhen/all/0/fact`, [TEMPLATE, "/completeWhen", { all: [{ fact: "weather", operator: "equal", value: 1, allowUndefinedFacts: true }] }]),
  broken("too-deep", "conditions are nested 33 deep", `${TEMPLATE}#/completeWhen${"/all/0".repeat(15)}/all`, [TEMPLATE, "/completeWhen", nestedCondition(33)]),
  broken("path-forbidden", "a path reaches into the prototype", `${TEMPLATE}#/completeWhen/all/0/path`, [TEMPLATE, "/completeWhen", comparison("item", "place.__proto__.x", "equal", 1)]),
  broken("path-forbidden", "a path is a JSONPath", `${TEMPLATE}#/completeWhen/all/0/path`, [TEMPLATE, "/completeWhen", comparison("item", "$.constructor.name", "equal", 1)]),
  broken("never-true", "a task is for two quantities at once", `${TEMPLATE}#/tasks/1/includeWhen`, [TEMPLATE, "/tasks/1/includeWhen", { all: [{ fact: "item", path: "quantity", operator: "greaterThan", value: 10 }, { fact: "item", path: "quantity", operator: "lessThan", value: 5 }] }]),
  broken("never-true", "a task is for an action that never leads to its plan", `${TEMPLATE}#/tasks/1/includeWhen`, [TEMPLATE, "/tasks/1/includeWhen", comparison("item", "action", "equal", "DISCONNECT")]),
  broken("unknown-path", "a request reads a field that items do not have", `${RESERVE}#/request/resource`, [RESERVE, "/request/resource", "=item.characteristic.model"]),
  broken("unknown-path", "a condition looks at a misspelled field", `${TEMPLATE}#/completeWhen/all/0/path`, [TEMPLATE, "/completeWhen", comparison("item", "openBlockingCase", "equal", 0)]),
  broken("type-mismatch", "more than a text", `${TEMPLATE}#/completeWhen/all/0/value`, [TEMPLATE, "/completeWhen", comparison("item", "quantity", "greaterThan", "1")]),
  broken("expression-syntax", "an expression is cut off", `${RESERVE}#/request/resource`, [RESERVE, "/request/resource", "=with."]),
  broken("expression-forbidden", "an expression asks the clock", `${RESERVE}#/request/at`, [RESERVE, "/request/at", "=now()"]),
  broken("expression-forbidden", "a request is a template of another language", `${RESERVE}#/request/home`, [RESERVE, "/request/home", ["${process", "env.HOME}"].join(".")]),
  broken("expression-forbidden", "a request is a moustache", `${RESERVE}#/request/home`, [RESERVE, "/request/home", "{{constructor}}"]),
  broken("expression-forbidden", "an expression calls what does not exist", `${RESERVE}#/request/at`, [RESERVE, "/request/at", "=fetch(item.id)"]),
  broken("invalid-timezone", "an expression names an hour that a clock leaves out", `${RESERVE}#/request/at`, [RESERVE, "/request/at", '=date and time("2026-03-29T02:30:00@Europe/Berlin")']),
  broken("invalid-duration", "a span is written in words", `${STANDARD}#/maxElapsed`, [STANDARD, "/maxElapsed", "4 hours"]),
  broken("ambiguous-duration", "a span is a month", "billing-trigger/demo-start.json#/escalateAfter", ["billing-trigger/demo-start.json", "/escalateAfter", "P1M"]),
  broken("invalid-instant", "an instant is a day", "billing-trigger/demo-start.json#/effectiveFrom", ["billing-trigger/demo-start.json", "/effectiveFrom", "2026-11-06"]),
];
