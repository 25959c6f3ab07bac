import { itemFacts, milestonesFacts, orderFacts } from "../interpret/facts-of.ts";
import type { CompiledChangePolicy, CompiledRelease } from "../language/compiled-release.ts";
import { graphIndex } from "../order/graph-index.ts";
import type { Item, Order } from "../order/order.ts";
import { decompose } from "../plan/decompose.ts";
import { sha256Hex } from "../support/hash.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { textOf, type Json, type JsonObject } from "../support/json.ts";
import { assessTask } from "./assess-task.ts";
import type { ChangeAnswer, ChangeAssessment, ItemAssessment } from "./assessment.ts";

const STRICTNESS: readonly ChangeAnswer[] = ["ACCEPT", "APPROVAL", "REFUSE"];

/**
 * Assesses the cancellation of an order (`itemIds` null) or of some of its items: nothing is changed. The strictest answer
 * of all items and tasks counts; fees add up. Items that rely on a cancelled one come along, stay, or forbid it, as the
 * policy says. Who names all that is left of an order means the order.
 */
export function assessCancellation(order: Order, release: CompiledRelease, itemIds: readonly string[] | null, reason: string): ChangeAssessment {
  const wanted = itemIds ?? order.items.map(({ id }) => id);
  const chosen = withDependents(order, release, wanted).filter(({ item }) => item.state !== "CANCELLING" && !isOver(item));
  const left = order.items.filter((item) => item.state !== "CANCELLING" && !isOver(item));
  const scope = left.every(({ id }) => wanted.includes(id)) ? "ORDER" : "ITEM";
  return combine(chosen.map(({ item, becauseOf }) => assessItem(order, release, item, { type: "CANCEL", reason, scope }, becauseOf)), "There is nothing left to cancel");
}

/** True for an item of which nothing can be cancelled: it is cancelled, has failed, or had nothing to do from the start. */
export function isOver(item: Item): boolean {
  return item.state === "CANCELLED" || item.state === "FAILED" || (item.state === "COMPLETED" && item.decomposition === null);
}

/** Hash of an assessment: an approval is for exactly this and nothing else (N5). */
export function assessmentHash(assessment: ChangeAssessment): string {
  return sha256Hex(canonicalJson(assessment as unknown as Json));
}

/** The change policy of an item; undefined when it has none, because nothing is planned for it or its plan forbids changes. */
export function changePolicyOf(release: CompiledRelease, item: Item): CompiledChangePolicy | undefined {
  return item.decomposition ? release.planTemplates.get(item.decomposition.template)?.changePolicy : undefined;
}

function assessItem(order: Order, release: CompiledRelease, item: Item, request: JsonObject, becauseOf: string | null): ItemAssessment {
  const base = { itemId: item.id, becauseOf, fee: 0, approverRole: null, route: null, rule: "none", tasks: [] };
  if (item.state === "COMPLETED") {
    return { ...base, answer: "REFUSE", reason: `Item ${item.id} is completed; order its end or its change instead`, route: "CHANGE_ORDER" };
  }
  const policy = changePolicyOf(release, item) ?? futurePolicyOf(order, release, item);
  if (becauseOf !== null && dependentsRule(policy) === "REFUSE") {
    return { ...base, answer: "REFUSE", reason: `Item ${item.id} relies on item ${becauseOf}; cancel both or none`, rule: policy?.definition.key ?? "none" };
  }
  if (request["scope"] === "ITEM" && policy && !(policy.definition.scopes ?? ["ORDER"]).includes("ITEM")) {
    return { ...base, answer: "REFUSE", reason: "Single items of this product cannot be cancelled; cancel the order", rule: policy.definition.key };
  }
  if (item.decomposition === null) return { ...base, answer: "ACCEPT", reason: "Nothing is planned for it" };
  if (!policy) return { ...base, answer: "REFUSE", reason: "Its plan has no change policy" };
  const answer = policy.decide.evaluate({ request, item: itemFacts(order, item), order: orderFacts(order), milestones: milestonesFacts(order, item.id) });
  const outputs: { readonly [output: string]: Json } = answer.hit === "one" ? answer.outputs : { answer: "REFUSE", reason: "The change policy has no answer" };
  const positions = order.plan ? (graphIndex(order.plan.graph).tasksOfItem.get(item.id) ?? []) : [];
  const tasks = positions.map((position) => assessTask(order, release, policy, { position, request, affected: true, needed: true }));
  const impossible = tasks.find((task) => task.do === "REFUSE");
  const fee = outputs["fee"];
  return {
    ...base,
    answer: impossible ? "REFUSE" : ((textOf(outputs["answer"]) as ChangeAnswer | null) ?? "REFUSE"),
    reason: impossible?.reason ?? textOf(outputs["reason"]) ?? "",
    fee: typeof fee === "number" ? fee : 0,
    approverRole: textOf(outputs["approverRole"]),
    route: textOf(outputs["route"]) ?? (impossible ? "CHANGE_ORDER" : null),
    rule: `${policy.decide.definition.key}/${answer.hit === "one" ? (answer.rows[0] ?? "otherwise") : "none"}`,
    tasks,
  };
}

function withDependents(order: Order, release: CompiledRelease, wanted: readonly string[]): readonly { readonly item: Item; readonly becauseOf: string | null }[] {
  const chosen = new Map<string, string | null>(wanted.map((id) => [id, null]));
  for (const id of chosen.keys()) {
    for (const item of order.items) {
      const relies = item.parentId === id || item.relationships.some((relationship) => relationship.itemId === id);
      const rule = dependentsRule(changePolicyOf(release, item) ?? futurePolicyOf(order, release, item));
      if (relies && rule !== "KEEP" && !chosen.has(item.id)) chosen.set(item.id, id);
    }
  }
  return order.items.filter(({ id }) => chosen.has(id)).map((item) => ({ item, becauseOf: chosen.get(item.id) ?? null }));
}

/** Items without a policy of their own, such as a bundle, go with what they rely on. */
function dependentsRule(policy: CompiledChangePolicy | undefined): "CANCEL_WITH" | "KEEP" | "REFUSE" {
  return policy === undefined ? "CANCEL_WITH" : (policy.definition.dependents ?? "REFUSE");
}

/** The policy an item will have when it is planned: which items go together is known before there is a plan. */
export function futurePolicyOf(order: Order, release: CompiledRelease, item: Item): CompiledChangePolicy | undefined {
  if (order.plan !== null) return undefined;
  const answer = decompose(order, item, release);
  return answer.found && answer.decomposition ? release.planTemplates.get(answer.decomposition.template)?.changePolicy : undefined;
}

/** The strictest answer counts, fees add up. */
export function combine(items: readonly ItemAssessment[], nothing: string): ChangeAssessment {
  const strictest = items.reduce<ChangeAnswer>((worst, { answer }) => (STRICTNESS.indexOf(answer) > STRICTNESS.indexOf(worst) ? answer : worst), "ACCEPT");
  const approverRole = items.find((item) => item.approverRole !== null)?.approverRole ?? null;
  // An agreement that nobody can give is a refusal, not a free pass.
  if (strictest === "APPROVAL" && approverRole === null) {
    return { answer: "REFUSE", reason: "The change policy asks for an approval but names nobody who may give it", fee: 0, approverRole, route: null, items };
  }
  const decisive = items.find(({ answer }) => answer === strictest);
  return {
    answer: items.length === 0 ? "REFUSE" : strictest,
    reason: items.length === 0 ? nothing : (decisive?.reason ?? ""),
    fee: items.reduce((sum, { fee }) => sum + fee, 0),
    approverRole,
    route: decisive?.route ?? null,
    items,
  };
}
