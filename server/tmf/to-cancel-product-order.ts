import type { ChangeRequest, ChangeState } from "../../engine/order/change.ts";
import type { Order } from "../../engine/order/order.ts";
import type { JsonObject } from "../../engine/support/json.ts";
import { PRODUCT_ORDER_PATH } from "./to-product-order.ts";
import { withoutAbsent } from "./without-absent.ts";

/** Where requests to cancel live. */
export const CANCEL_ORDER_PATH = "/tmf-api/productOrderingManagement/v4/cancelProductOrder";

/** TMF's `TaskStateType` of a request to cancel. */
const STATES: { readonly [state in ChangeState]: string } = {
  AWAITING_APPROVAL: "acknowledged",
  EXECUTING: "inProgress",
  DONE: "done",
  REFUSED: "terminatedWithError",
};

/** A change of ours -> TMF622 v4 `CancelProductOrder`. `productOrderItem`, `fee` and `approverRole` extend v4. */
export function toCancelProductOrder(order: Order, change: ChangeRequest): JsonObject {
  const id = cancellationId(change);
  const items = change.itemIds.length === order.items.length ? null : change.itemIds.map((itemId) => ({ id: itemId }));
  return withoutAbsent({
    id,
    href: `${CANCEL_ORDER_PATH}/${encodeURIComponent(id)}`,
    state: STATES[change.state],
    cancellationReason: change.reason,
    requestedCancellationDate: change.requestedAt,
    effectiveCancellationDate: change.state === "DONE" ? change.settledAt : null,
    productOrder: { id: order.id, href: `${PRODUCT_ORDER_PATH}/${encodeURIComponent(order.id)}`, "@referredType": "ProductOrder" },
    productOrderItem: items,
    fee: change.fee === 0 ? null : change.fee,
    approverRole: change.state === "AWAITING_APPROVAL" ? change.approverRole : null,
    "@type": "CancelProductOrder",
  });
}

/** The id of a request to cancel in addresses: ours has slashes. */
function cancellationId({ id }: ChangeRequest): string {
  return id.replace("/change/", CHANGE);
}

/** The order and change an id in an address names; null when it names none. */
export function changeOf(id: string): { readonly orderId: string; readonly changeId: string } | null {
  const split = id.lastIndexOf(CHANGE);
  if (split <= 0) return null;
  const orderId = id.slice(0, split);
  return { orderId, changeId: `${orderId}/change/${id.slice(split + CHANGE.length)}` };
}

const CHANGE = "-change-";
