import type { JsonObject } from "../support/json.ts";
import type { Kind } from "./kinds.ts";
import { billingTriggerSchema } from "./schemas/billing-trigger.ts";
import { calendarSchema } from "./schemas/calendar.ts";
import { changePolicySchema } from "./schemas/change-policy.ts";
import { compensationPolicySchema } from "./schemas/compensation-policy.ts";
import { decisionTableSchema } from "./schemas/decision-table.ts";
import { dependencyTypeSchema } from "./schemas/dependency-type.ts";
import { manualTaskSchema } from "./schemas/manual-task.ts";
import { milestoneMapSchema } from "./schemas/milestone-map.ts";
import { orderSchemaSchema } from "./schemas/order-schema.ts";
import { planTemplateSchema } from "./schemas/plan-template.ts";
import { reconciliationRuleSchema } from "./schemas/reconciliation-rule.ts";
import { retryPolicySchema } from "./schemas/retry-policy.ts";
import { scenarioSchema } from "./schemas/scenario.ts";
import { targetSystemSchema } from "./schemas/target-system.ts";
import { taskTypeSchema } from "./schemas/task-type.ts";
import { timeoutPolicySchema } from "./schemas/timeout-policy.ts";

/**
 * The one JSON Schema (draft 2020-12) per kind that form, editor, command line, CI and compiler use (A17). Beside the
 * standard keywords they carry `x-ref` (kind of the definition a text names), `x-editor` (how a form edits the value),
 * `x-code` (the diagnostic code when the property is missing or wrong), `x-list` (what tells the elements of a list apart) and
 * `x-names` (the element of the same definition that a text names).
 */
export const definitionSchemas: { readonly [kind in Kind]: JsonObject } = {
  "plan-template": planTemplateSchema,
  "task-type": taskTypeSchema,
  "dependency-type": dependencyTypeSchema,
  "retry-policy": retryPolicySchema,
  "timeout-policy": timeoutPolicySchema,
  "compensation-policy": compensationPolicySchema,
  "billing-trigger": billingTriggerSchema,
  "milestone-map": milestoneMapSchema,
  "decision-table": decisionTableSchema,
  "target-system": targetSystemSchema,
  "manual-task": manualTaskSchema,
  "order-schema": orderSchemaSchema,
  "change-policy": changePolicySchema,
  "reconciliation-rule": reconciliationRuleSchema,
  calendar: calendarSchema,
  scenario: scenarioSchema,
};
