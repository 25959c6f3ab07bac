import { canonicalJson } from "../../support/canonical-json.ts";
import type { CompileContext } from "../compile-context.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import { suggest } from "../suggest.ts";
import { chosenBy } from "./chosen-by.ts";
import { milestonesOf, milestonesOfAll } from "./template-names.ts";

/** Each charge goes to billing once, at a milestone its plan really has, and new service is billed at all. */
export function checkBilling(context: CompileContext): void {
  const anywhere = milestonesOfAll(context);
  for (const { file, definition: trigger } of context.index.all("billing-trigger")) {
    if (!anywhere.has(trigger.milestone)) context.reportFor(file)(
      "unknown-milestone", "/milestone",
      `No template reaches the milestone "${trigger.milestone}", so nothing would ever be billed${suggest(trigger.milestone, [...anywhere])}`,
    );
  }
  for (const { file, definition: template } of context.index.all("plan-template")) {
    const report = context.reportFor(file);
    const milestones = milestonesOf(template);
    const byCharges = new Map<string, string>();
    template.billingTriggers.forEach((key, position) => {
      const trigger = context.index.get("billing-trigger", key);
      if (!trigger) return;
      const path = jsonPointer("billingTriggers", position);
      if (!milestones.has(trigger.milestone) && anywhere.has(trigger.milestone)) {
        report(
          "billing-untied", path,
          `The trigger "${key}" waits for the milestone "${trigger.milestone}", which this template never reaches${suggest(trigger.milestone, [...milestones])}`,
        );
      }
      const charges = canonicalJson(trigger.charges);
      const other = byCharges.get(charges);
      if (other === key) report("billing-duplicate", path, `The trigger "${key}" stands twice; remove one.`);
      else if (other !== undefined) report(
        "billing-duplicate", path,
        `The triggers "${other}" and "${key}" hand over the same charges; keep one or change the charges of one.`,
      );
      else byCharges.set(charges, key);
    });
  }
  warnOfUnbilledService(context);
}

function warnOfUnbilledService(context: CompileContext): void {
  for (const { file, definition: template } of context.index.all("plan-template")) {
    if (template.billingTriggers.length > 0 || chosenBy(template.key, context)?.actions.has("ADD") !== true) continue;
    const provisions = template.tasks.some((task) => context.index.get("task-type", task.type)?.category === "PROVISIONING");
    if (provisions) context.reportFor(file)(
      "activation-without-billing", "/billingTriggers",
      "This plan activates a new service that nobody is billed for; add a billing trigger.",
    );
  }
}
