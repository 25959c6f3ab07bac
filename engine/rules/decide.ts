import type { CompiledCondition } from "./compile-condition.ts";
import type { Facts } from "./facts.ts";
import { createRule, type Rule } from "./rules-engine.ts";

const rules = new WeakMap<CompiledCondition, Rule>();

/**
 * Answers a condition with json-rules-engine through its strict wrapper. For the decisions that happen a few times in the
 * life of an order: inclusion, preconditions, charges, completion. Dependencies, which are asked at every transition, use
 * the compiled closure of the same condition.
 */
export async function decide(condition: CompiledCondition, facts: Facts): Promise<boolean> {
  let rule = rules.get(condition);
  if (!rule) rules.set(condition, (rule = createRule(condition.source)));
  return (await rule.evaluate(facts)).holds;
}
