import { itemFacts, milestonesFacts, orderFacts } from "../interpret/facts-of.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import { graphIndex } from "../order/graph-index.ts";
import type { Item, NewItem, Order } from "../order/order.ts";
import { decompose } from "../plan/decompose.ts";
import { required } from "../support/defect.ts";
import { textOf, type Json, type JsonObject } from "../support/json.ts";
import { affectedTasks, type Reach } from "./affected-tasks.ts";
import { changePolicyOf, combine, futurePolicyOf } from "./assess-cancellation.ts";
import { assessTask } from "./assess-task.ts";
import type { ChangeAnswer, ChangeAssessment, ItemAssessment } from "./assessment.ts";
import { amendedItem, changedPaths } from "./changed-paths.ts";

/**
 * Assesses an amendment that carries the full wanted state of some items (G4): nothing is changed. Per item the change
 * policy answers by what changes and how far the item has come; per task it says what is kept, dropped, changed where it
 * was done, or done again.
 */
export function assessAmendment(order: Order, release: CompiledRelease, wanted: readonly NewItem[], reason: string): ChangeAssessment {
  const items = wantedItems(order, wanted);
  const affected: ReadonlyMap<number, Reach> = order.plan ? affectedTasks(order, release, items) : new Map();
  const assessed = wanted.map((item) => assessItem(order, release, required(order.items.find(({ id }) => id === item.id), item.id), item, affected, reason));
  return combine(assessed.filter((item) => item !== null), "Nothing would change");
}

/** The items as wanted, by id. */
export function wantedItems(order: Order, wanted: readonly NewItem[]): ReadonlyMap<string, Item> {
  return new Map(wanted.map((item) => [item.id, amendedItem(required(order.items.find(({ id }) => id === item.id), item.id), item)]));
}

function assessItem(order: Order, release: CompiledRelease, item: Item, wanted: NewItem, affected: ReadonlyMap<number, Reach>, reason: string): ItemAssessment | null {
  const paths = changedPaths(item, wanted);
  if (paths.length === 0) return null;
  const base = { itemId: item.id, becauseOf: null, fee: 0, approverRole: null, route: null, rule: "none", tasks: [] };
  if (isEnded(item)) {
    return { ...base, answer: "REFUSE", reason: `Item ${item.id} is ${item.state}; order the change as a new order`, route: item.state === "COMPLETED" ? "CHANGE_ORDER" : null };
  }
  const policy = changePolicyOf(release, item) ?? futurePolicyOf(order, release, item);
  const voided = voidedQualification(item, wanted, paths, policy?.definition.requalify ?? []);
  if (voided !== null) return { ...base, answer: "REFUSE", reason: voided, rule: policy?.definition.key ?? "none" };
  if (order.plan === null) return { ...base, answer: "ACCEPT", reason: "Nothing is planned for it yet" };
  if (!policy) return { ...base, answer: "REFUSE", reason: "Its plan has no change policy" };
  const request: JsonObject = { type: "AMEND", paths, reason };
  const answer = policy.decide.evaluate({ request, item: itemFacts(order, item), order: orderFacts(order), milestones: milestonesFacts(order, item.id) });
  const outputs: { readonly [output: string]: Json } = answer.hit === "one" ? answer.outputs : { answer: "REFUSE", reason: "The change policy has no answer" };
  const answered = { ...base, reason: textOf(outputs["reason"]) ?? "", rule: `${policy.decide.definition.key}/${answer.hit === "one" ? (answer.rows[0] ?? "otherwise") : "none"}` };
  // What the policy allows may still be another product; what it refuses, it refuses for its own reason.
  if (outputs["answer"] !== "REFUSE" && !hasSameTemplate(order, release, item, wanted)) {
    return { ...answered, answer: "REFUSE", route: "CANCEL_AND_RECREATE", reason: "This would need another plan; cancel the item and order it anew" };
  }
  const positions = graphIndex(order.plan.graph).tasksOfItem.get(item.id) ?? [];
  const tasks = positions.map((position) => assessTask(order, release, policy, { position, request, affected: affected.has(position), needed: affected.get(position) !== "dropped" }));
  const impossible = tasks.find((task) => task.do === "REFUSE");
  // Only a plan for the rest of the work is ours to make; the other routes are new orders.
  const elsewhere = textOf(outputs["route"]) !== null && outputs["route"] !== "REPLAN";
  const fee = outputs["fee"];
  return {
    ...answered,
    answer: impossible || elsewhere ? "REFUSE" : ((textOf(outputs["answer"]) as ChangeAnswer | null) ?? "REFUSE"),
    reason: impossible?.reason ?? answered.reason,
    fee: typeof fee === "number" ? fee : 0,
    approverRole: textOf(outputs["approverRole"]),
    route: impossible ? "CHANGE_ORDER" : textOf(outputs["route"]),
    tasks,
  };
}

function isEnded({ state }: Item): boolean {
  return state === "COMPLETED" || state === "FAILED" || state === "CANCELLED" || state === "CANCELLING";
}

/** False when the item as wanted would get a plan from another template: that is another product, not a change of this one. */
function hasSameTemplate(order: Order, release: CompiledRelease, item: Item, wanted: NewItem): boolean {
  const answer = decompose(order, amendedItem(item, wanted), release);
  return answer.found && (answer.decomposition?.template ?? null) === (item.decomposition?.template ?? null);
}

/** B13: what was qualified for other parameters is not qualified; a new result must come with the change. */
function voidedQualification(item: Item, wanted: NewItem, paths: readonly string[], requalify: readonly string[]): string | null {
  const voided = requalify.find((path) => paths.includes(path));
  const renewed = textOf(wanted.qualification?.["id"]) !== textOf(item.qualification?.["id"]);
  return voided === undefined || renewed ? null : `A change of ${voided} needs a new qualification; send its result with the change`;
}
