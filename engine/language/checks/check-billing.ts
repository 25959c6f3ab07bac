import { canonicalJson } from "../../support/canonical-json.ts";
import type { CompileContext } from "../compile-context.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import { suggest } from "../suggest.ts";
import { milestonesOf } from "./template-names.ts";

/** Each charge goes to billing once, at a milestone its plan really has, and new service is billed at all. */
export function checkBilling(context: CompileContext): void {
  for (const { file, definition: template } of context.index.all("plan-template")) {
    const report = context.reportFor(file);
    const milestones = milestonesOf(template);
    const byCharges = new Map<string, string>();
    template.billingTriggers.forEach((key, position) => {
      const trigger = context.index.get("billing-trigger", key);
      if (!trigger) return;
      const path = jsonPointer("billingTriggers", position);
      if (!milestones.has(trigger.milestone)) {
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
    if (template.billingTriggers.length > 0 || !addsService(template.key, context)) continue;
    const provisions = template.tasks.some((task) => context.index.get("task-type", task.type)?.category === "PROVISIONING");
    if (provisions) context.reportFor(file)(
      "activation-without-billing", "/billingTriggers",
      "This plan activates a new service that nobody is billed for; add a billing trigger.",
    );
  }
}

/** True when a decomposition table chooses the template for the action ADD. */
function addsService(templateKey: string, context: CompileContext): boolean {
  return context.index.all("decision-table").some(({ definition: table }) => {
    if (table.purpose !== "decomposition") return false;
    const column = table.columns.find((each) => "in" in each && each.in === "item.action");
    const action = column && "key" in column ? column.key : null;
    return table.rows.some((row) => {
      if (row["planTemplate"] !== templateKey) return false;
      const cell = action === null ? undefined : row[action];
      if (Array.isArray(cell)) return cell.includes("ADD");
      return cell === undefined || cell === "-" || (typeof cell === "string" && cell.includes('"ADD"'));
    });
  });
}
