import { itemFacts, milestonesFacts, orderFacts } from "../interpret/facts-of.ts";
import type { CompiledChangePolicy, CompiledRelease } from "../language/compiled-release.ts";
import { graphIndex } from "../order/graph-index.ts";
import type { Item, Order } from "../order/order.ts";
import { sha256Hex } from "../support/hash.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { textOf, type Json, type JsonObject } from "../support/json.ts";
import { assessTask } from "./assess-task.ts";
import type { ChangeAnswer, ChangeAssessment, ItemAssessment, TaskAssessment } from "./assessment.ts";

const STRICTNESS: readonly ChangeAnswer[] = ["ACCEPT", "APPROVAL", "REFUSE"];

/**
 * Assesses the cancellation of an order (`itemIds` null) or of some of its items: nothing is changed. The strictest answer
 * of all items and tasks counts; fees add up. Items that rely on a cancelled one come along, stay, or forbid it, as the
 * policy says.
 */
export function assessCancellation(order: Order, release: CompiledRelease, itemIds: readonly string[] | null, reason: string): ChangeAssessment {
  const wanted = itemIds ?? order.items.map(({ id }) => id);
  const scope = itemIds === null ? "ORDER" : "ITEM";
  const assessed: ItemAssessment[] = [];
  for (const { item, becauseOf } of withDependents(order, release, wanted)) {
    if (item.state !== "CANCELLED") assessed.push(assessItem(order, release, item, { type: "CANCEL", reason, scope }, becauseOf));
  }
  return combine(assessed, "There is nothing left to cancel");
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
  const policy = changePolicyOf(release, item);
  const base = { itemId: item.id, becauseOf, fee: 0, approverRole: null, route: null };
  if (!policy) {
    const free = item.decomposition === null;
    return { ...base, answer: free ? "ACCEPT" : "REFUSE", reason: free ? "Nothing is planned for it" : "Its plan has no change policy", rule: "none", tasks: [] };
  }
  if (request["scope"] === "ITEM" && !(policy.definition.scopes ?? ["ORDER"]).includes("ITEM")) {
    return { ...base, answer: "REFUSE", reason: "Single items of this product cannot be cancelled; cancel the order", rule: policy.definition.key, tasks: [] };
  }
  const answer = policy.decide.evaluate({ request, item: itemFacts(order, item), order: orderFacts(order), milestones: milestonesFacts(order, item.id) });
  const outputs: { readonly [output: string]: Json } = answer.hit === "one" ? answer.outputs : { answer: "REFUSE", reason: "The change policy has no answer" };
  const positions = order.plan ? (graphIndex(order.plan.graph).tasksOfItem.get(item.id) ?? []) : [];
  const tasks = positions.map((position) => assessTask(order, release, policy, request, position, true));
  const impossible = tasks.find((task) => task.do === "REFUSE");
  const fee = outputs["fee"];
  return {
    ...base,
    answer: impossible ? "REFUSE" : ((textOf(outputs["answer"]) as ChangeAnswer | null) ?? "REFUSE"),
    reason: impossible?.reason ?? textOf(outputs["reason"]) ?? "",
    fee: typeof fee === "number" ? fee : 0,
    approverRole: textOf(outputs["approverRole"]),
    route: textOf(outputs["route"]),
    rule: `${policy.decide.definition.key}/${answer.hit === "one" ? (answer.rows[0] ?? "otherwise") : "none"}`,
    tasks,
  };
}

function withDependents(order: Order, release: CompiledRelease, wanted: readonly string[]): readonly { readonly item: Item; readonly becauseOf: string | null }[] {
  const chosen = new Map<string, string | null>(wanted.map((id) => [id, null]));
  for (const id of chosen.keys()) {
    for (const item of order.items) {
      const relies = item.parentId === id || item.relationships.some((relationship) => relationship.itemId === id);
      const rule = changePolicyOf(release, item)?.definition.dependents ?? "REFUSE";
      if (relies && rule !== "KEEP" && !chosen.has(item.id)) chosen.set(item.id, id);
    }
  }
  return order.items.filter(({ id }) => chosen.has(id)).map((item) => ({ item, becauseOf: chosen.get(item.id) ?? null }));
}

/** The strictest answer counts, fees add up. */
export function combine(items: readonly ItemAssessment[], nothing: string): ChangeAssessment {
  const strictest = items.reduce<ChangeAnswer>((worst, { answer }) => (STRICTNESS.indexOf(answer) > STRICTNESS.indexOf(worst) ? answer : worst), "ACCEPT");
  const decisive = items.find(({ answer }) => answer === strictest);
  return {
    answer: items.length === 0 ? "REFUSE" : strictest,
    reason: items.length === 0 ? nothing : (decisive?.reason ?? ""),
    fee: items.reduce((sum, { fee }) => sum + fee, 0),
    approverRole: items.find(({ approverRole }) => approverRole !== null)?.approverRole ?? null,
    route: decisive?.route ?? null,
    items,
  };
}

/** Tasks of an assessment by id. */
export function tasksOf(assessment: ChangeAssessment): ReadonlyMap<string, TaskAssessment> {
  return new Map(assessment.items.flatMap(({ tasks }) => tasks.map((task) => [task.taskId, task])));
}
