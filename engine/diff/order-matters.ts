import type { ListRule } from "../language/schemas/parts.ts";
import type { DecisionTable, HitPolicy } from "../language/table-kinds.ts";
import { isJsonObject, type Json } from "../support/json.ts";

/**
 * Hit policies under which the order of rows decides something: FIRST and RULE_ORDER say so, COLLECT without an aggregate
 * answers in it, PRIORITY and OUTPUT_ORDER break ties by it. UNIQUE and ANY never see it, and no sum depends on it.
 */
const BY_ROW: ReadonlySet<HitPolicy> = new Set<HitPolicy>(["FIRST", "RULE_ORDER", "PRIORITY", "OUTPUT_ORDER"]);
/** Hit policies that compare outputs column by column. */
const BY_COLUMN: ReadonlySet<HitPolicy> = new Set<HitPolicy>(["PRIORITY", "OUTPUT_ORDER"]);

/** Whether moving an element of such a list of the definition changes what it means. */
export function orderMatters(rule: ListRule, definition: Json): boolean {
  if (rule.order === "meaning" || rule.order === "none") return rule.order === "meaning";
  if (!isJsonObject(definition)) return false;
  const { hitPolicy, aggregate } = definition as unknown as DecisionTable;
  const collects = hitPolicy === "COLLECT";
  if (rule.order === "columns") return BY_COLUMN.has(hitPolicy) || (collects && aggregate !== undefined);
  return BY_ROW.has(hitPolicy) || (collects && aggregate === undefined);
}
