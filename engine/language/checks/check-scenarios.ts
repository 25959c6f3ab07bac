import { scenarioOrder } from "../../scenario/scenario-order.ts";
import { checkScriptLine } from "../../simulate/check-script-line.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import { isJsonObject, textOf, type Json } from "../../support/json.ts";
import type { CompileContext } from "../compile-context.ts";
import { compileDuration } from "../compile-duration.ts";
import type { Report } from "../diagnostic.ts";
import type { Scenario } from "../scenario-kinds.ts";

/** A scenario can be run: it has an order for offerings that exist, every line of its script can be used, and spans are spans. */
export function checkScenarios(context: CompileContext): void {
  const scenarios = new Map(context.index.all("scenario").map(({ definition }) => [definition.key, definition]));
  const offerings = new Set(context.index.all("order-schema").flatMap(({ definition }) => definition.offerings));
  for (const { file, definition } of context.index.all("scenario")) {
    const report = context.reportFor(file);
    const problem = scenarioOrder(definition, scenarios);
    if (typeof problem === "string") report("scenario-order", definition.extends === undefined ? "/startAt" : "/extends", `This scenario cannot be run: ${problem}.`);
    checkOfferings(definition, offerings, report);
    definition.script.forEach((line, position) => {
      for (const sentence of checkScriptLine(line as unknown as Json)) report("scenario-script", jsonPointer("script", position), `This line cannot be used: ${sentence}`);
    });
    checkSpans(definition, report);
  }
}

function checkOfferings(scenario: Scenario, offerings: ReadonlySet<string>, report: Report): void {
  const items = Array.isArray(scenario.order?.["items"]) ? (scenario.order["items"] as readonly Json[]) : [];
  items.forEach((item, position) => {
    const offering = isJsonObject(item) ? (textOf(item["offering"]) ?? "") : "";
    if (!offerings.has(offering)) report("unknown-reference", jsonPointer("order", "items", position, "offering"), `No order schema has the offering "${offering}"; order one that exists.`);
  });
}

function checkSpans({ expect }: Scenario, report: Report): void {
  const check = (span: string | undefined, ...steps: readonly (string | number)[]): void => {
    if (span !== undefined) compileDuration(span, report, jsonPointer("expect", ...steps));
  };
  check(expect.duration?.exactly, "duration", "exactly");
  check(expect.duration?.atMost, "duration", "atMost");
  expect.milestones?.forEach(({ after, by }, position) => {
    check(after, "milestones", position, "after");
    check(by, "milestones", position, "by");
  });
}
