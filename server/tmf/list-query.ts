import { invalid, type Query } from "../api/query.ts";
import type { OrderQuery } from "../read/order-reads.ts";
import { orderStatesOf, TMF_ORDER_STATES } from "./state-map.ts";

/** The filters of `GET /productOrder` (TMF630): one value each, `state` also several by comma. */
export const LIST_PARAMETERS = [
  "state", "externalId", "orderDate.gt", "orderDate.lt", "relatedParty.id", "billingAccount.id", "channel.id",
  "productOrderItem.productOffering.id", "fields", "offset", "limit",
] as const;

const TMF_STATES: readonly string[] = [...new Set([...Object.values(TMF_ORDER_STATES), "pending"])];

/** TMF's filters -> ours. Newest first, as order lists are read. */
export function toOrderQuery(query: Query, regions: readonly string[] | null): OrderQuery {
  const states = query.list("state");
  if (states?.some((state) => !TMF_STATES.includes(state)) === true) throw invalid(`Send states out of ${TMF_STATES.join(", ")}.`);
  const filters = {
    states: states?.flatMap(orderStatesOf),
    externalId: query.text("externalId"),
    acceptedAfter: query.instant("orderDate.gt"),
    acceptedBefore: query.instant("orderDate.lt"),
    customerId: query.text("relatedParty.id"),
    billingAccount: query.text("billingAccount.id"),
    channel: query.text("channel.id"),
    offering: query.text("productOrderItem.productOffering.id"),
  };
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as Partial<OrderQuery>;
  return { ...given, regions, sort: "-acceptedAt", ...query.page() };
}
