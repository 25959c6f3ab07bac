import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import { orderStatus } from "../read/customer-visible-status.ts";
import { toTmfPriority } from "./priority.ts";
import { TMF_MILESTONE_STATES, TMF_ORDER_STATES } from "./state-map.ts";
import { toProductOrderItem } from "./to-product-order-item.ts";
import { withoutAbsent } from "./without-absent.ts";

/** Where product orders live. */
export const PRODUCT_ORDER_PATH = "/tmf-api/productOrderingManagement/v4/productOrder";

/**
 * The domain's order -> TMF622 v4 `ProductOrder`. `release` is the one the order is pinned to; it gives the titles.
 * `customerStatus` and `productOrderMilestone` extend v4, the latter by the names of v5.
 */
export function toProductOrder(order: Order, release: CompiledRelease): JsonObject {
  return withoutAbsent({
    id: order.id,
    href: `${PRODUCT_ORDER_PATH}/${encodeURIComponent(order.id)}`,
    externalId: order.externalId,
    priority: toTmfPriority(order.priority),
    state: TMF_ORDER_STATES[order.state],
    customerStatus: visible(order, release),
    orderDate: order.acceptedAt,
    completionDate: order.completedAt,
    requestedCompletionDate: order.requestedDate,
    region: order.region,
    channel: order.channel === null ? null : [{ id: order.channel, "@referredType": "Channel" }],
    relatedParty: order.customer === null ? null : [toCustomerParty(order.customer)],
    billingAccount: order.billingAccount === null ? null : { id: order.billingAccount },
    quote: order.quote === null ? null : [order.quote],
    agreement: order.contract === null ? null : [order.contract],
    productOrderItem: order.items.filter((item) => item.parentId === null).map((item) => toProductOrderItem(item, order, release)),
    productOrderMilestone: toMilestones(order),
    "@type": "ProductOrder",
  });
}

function visible(order: Order, release: CompiledRelease): JsonObject {
  const { key, title } = orderStatus(order, release);
  return { key, title, "@type": "CustomerStatus" };
}

function toCustomerParty(customer: JsonObject): JsonObject {
  const contact = (customer["contact"] ?? {}) as JsonObject;
  return withoutAbsent({ ...customer, name: contact["name"] ?? null, role: "customer", "@referredType": "Customer" });
}

/** Milestones that only say that a status was shown are the engine's own: `customerStatus` tells the customer. */
function toMilestones(order: Order): readonly Json[] | null {
  const planned = order.plan?.graph.milestones ?? [];
  const milestones = order.milestones.flatMap((milestone, position) => {
    const source = planned[position];
    if (source === undefined || "status" in source.by || milestone.outcome === "NOT_APPLICABLE") return [];
    return [
      withoutAbsent({
        id: milestone.id,
        name: source.title,
        status: TMF_MILESTONE_STATES[milestone.outcome],
        milestoneDate: milestone.reachedAt ?? milestone.dueAt,
        "@type": "ProductOrderMilestone",
      }),
    ];
  });
  return milestones.length === 0 ? null : milestones;
}
