import { itemFacts, orderFacts, taskFacts } from "../interpret/facts-of.ts";
import type { Rejection } from "../interpret/interpretation.ts";
import type { Actor } from "../order/inputs.ts";
import type { Item, Order } from "../order/order.ts";
import type { RepairAction, RepairAuthority } from "../order/repair.ts";
import type { Json } from "../support/json.ts";
import { textOf } from "../support/json.ts";
import type { RepairScope } from "./repair-scope.ts";

/** What the matrix is asked about: a repair, or the migration of an order, which is judged like a repair of the whole order. */
export type AuthorityQuestion = Pick<RepairScope, "order" | "release" | "on" | "item"> & {
  readonly repair: { readonly action: RepairAction | "MIGRATE_ORDER"; readonly amount: number | null };
};

/** What the authority matrix says about one repair by one person. */
export type AuthorityAnswer =
  | { readonly allowed: true; readonly authority: RepairAuthority; readonly approverRole: string | null; readonly evidenceRequired: boolean }
  | { readonly allowed: false; readonly refusal: Rejection };

/**
 * Asks the release's authority matrix (H5). Deny by default: no matrix, no matching row, two rows that disagree, or a row
 * that does not allow - each is a refusal that names the rule. A repair of a whole order is judged by the item that has
 * gone furthest, so that nothing is decided as if its work were not done.
 */
export function askAuthority(scope: AuthorityQuestion, actor: Actor): AuthorityAnswer {
  const { release, repair } = scope;
  const table = release.authority;
  if (!table) return refuse(`Release ${release.name} has no authority matrix, so nobody may ${repair.action}.`, "none");
  const { key, version, title } = table.definition;
  const answer = table.evaluate(factsOf(scope, actor));
  const row = answer.hit === "one" ? (answer.rows[0] ?? "otherwise") : answer.hit;
  const outputs: { readonly [output: string]: Json } = answer.hit === "one" ? answer.outputs : {};
  if (outputs["allow"] !== true) return refuse(`"${title}" does not allow ${actor.id} to ${repair.action}${about(scope)} (${key}/${row}).`, `${key}/${row}`);
  return {
    allowed: true,
    authority: { table: key, version, row },
    approverRole: textOf(outputs["approverRole"]),
    evidenceRequired: outputs["evidenceRequired"] === true,
  };
}

/** The money at stake: what the charge says when the task is one, else what was stated. Nobody can state a smaller charge. */
export function amountAtStake({ on, repair }: RepairScope): number | null {
  const charge = on?.planned.source.by === "billing-trigger" ? on.planned.source.charge["amount"] : undefined;
  return typeof charge === "number" ? charge : repair.amount;
}

function factsOf(scope: AuthorityQuestion, actor: Actor) {
  const { order, release, repair, on } = scope;
  const item = scope.item ?? furthestItem(order);
  return {
    actor: { id: actor.id, roles: actor.roles, regions: actor.regions },
    repair: { action: repair.action, ...(repair.amount !== null && { amount: repair.amount }) },
    order: orderFacts(order),
    ...(on && { task: taskFacts(on.planned, on.task, release) }),
    ...(item && { item: itemFacts(order, item) }),
  };
}

const PASSED = ["none", "soft", "hard"];

function furthestItem(order: Order): Item | undefined {
  const passed = (item: Item) => PASSED.indexOf(textOf(itemFacts(order, item)["pointOfNoReturn"]) ?? "none");
  return [...order.items].sort((a, b) => passed(b) - passed(a))[0];
}

function about({ on, item, order }: AuthorityQuestion): string {
  if (on) return ` task "${on.planned.title}" (${on.type.definition.category})`;
  return item ? ` item ${item.id}` : ` order ${order.id}`;
}

function refuse(message: string, rule: string): AuthorityAnswer {
  return { allowed: false, refusal: { code: "forbidden-repair", message, details: { rule } } };
}
