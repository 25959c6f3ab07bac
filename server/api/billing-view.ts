import { isInFlight, outcomeOf, type TaskState } from "../../engine/order/machines.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Json } from "../../engine/support/json.ts";

/** The hand-off of one charge to billing: which milestone starts it, and how far it is (I2). */
export interface BillingView {
  readonly itemId: string;
  readonly charge: Json;
  readonly amount: Json;
  readonly currency: Json;
  readonly type: Json;
  readonly milestoneId: string;
  /** `<itemId>/<taskKey>` of the step that hands the charge over. */
  readonly step: string;
  readonly state: "NOT_DUE" | "SENT" | "ACKNOWLEDGED" | "REJECTED" | "NOT_BILLABLE";
  readonly acknowledgedAt: string | null;
}

/** Every charge of the plan with its billing trigger. */
export function billingView(order: Order): readonly BillingView[] {
  const planned = order.plan?.graph.tasks ?? [];
  return planned.flatMap((source, position) => {
    const task = order.tasks[position];
    if (source.source.by !== "billing-trigger" || task === undefined) return [];
    const { charge, milestoneId } = source.source;
    const state = billingState(task.state);
    return [
      {
        itemId: source.itemId,
        charge: charge["key"] ?? null,
        amount: charge["amount"] ?? null,
        currency: charge["currency"] ?? null,
        type: charge["type"] ?? null,
        milestoneId,
        step: `${source.itemId}/${source.key}`,
        state,
        acknowledgedAt: state === "ACKNOWLEDGED" ? task.finishedAt : null,
      },
    ];
  });
}

function billingState(state: TaskState): BillingView["state"] {
  if (state === "SKIPPED_BY_POLICY" || state === "WAIVED_BY_AUTHORIZED_USER") return "NOT_BILLABLE";
  if (outcomeOf(state) === "SUCCESS") return "ACKNOWLEDGED";
  if (outcomeOf(state) === "FAILURE" || state === "AWAITING_MANUAL_ACTION") return "REJECTED";
  return isInFlight(state) || state === "RETRY_SCHEDULED" ? "SENT" : "NOT_DUE";
}
