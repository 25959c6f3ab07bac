import { listOf, literal } from "../store/sql.ts";
import type { OrderQuery, OrderSort } from "./order-reads.ts";

/** The WHERE of a list of orders. Values become literals, columns come from this file alone. */
export function orderFilter(query: OrderQuery): string {
  const terms: string[] = [];
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) terms.push(`${column}=${literal(value)}`);
  };
  if (query.regions !== null) terms.push(`(region IS NULL OR region IN ${listOf(query.regions)})`);
  if (query.states !== undefined) terms.push(`state IN ${listOf(query.states)}`);
  if (query.blocked !== undefined) terms.push(`blocked=${query.blocked ? 1 : 0}`);
  equal("customer_status", query.customerStatus);
  equal("release_digest", query.releaseDigest);
  equal("external_id", query.externalId);
  equal("customer_id", query.customerId);
  equal("billing_account", query.billingAccount);
  equal("channel", query.channel);
  if (query.acceptedAfter !== undefined) terms.push(`accepted_at>${literal(query.acceptedAfter)}`);
  if (query.acceptedBefore !== undefined) terms.push(`accepted_at<${literal(query.acceptedBefore)}`);
  if (query.offering !== undefined) {
    terms.push(`EXISTS (SELECT 1 FROM order_items WHERE order_items.order_id=orders.id AND order_items.offering=${literal(query.offering)})`);
  }
  if (query.anyId !== undefined) terms.push(anyId(query.anyId));
  return terms.length === 0 ? "" : ` WHERE ${terms.join(" AND ")}`;
}

function anyId(text: string): string {
  const columns = ["id", "external_id", "customer_id", "billing_account", "correlation_id"];
  return `(${columns.map((column) => `${column}=${literal(text)}`).join(" OR ")})`;
}

const SORT_COLUMNS: { readonly [key: string]: string } = { acceptedAt: "accepted_at", updatedAt: "updated_at", priority: "priority", state: "state" };

/** The ORDER BY of a list of orders; the id makes it total, so that pages neither skip nor repeat. */
export function orderRanking(sort: OrderSort): string {
  const direction = sort.startsWith("-") ? "DESC" : "ASC";
  const column = SORT_COLUMNS[sort.replace(/^-/, "")] ?? "accepted_at";
  return ` ORDER BY ${column} ${direction}, id ${direction}`;
}
