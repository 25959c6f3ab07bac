import type { RecordKind } from "./reconciliation-kinds.ts";

const EVERY = ["id", "since", "orderId"] as const;

/**
 * What our own records say in a reconciliation. `id` is unique in its kind; `since` is the instant since which the record
 * is as it is; `reference` is `<orderId>/<itemId>`, by which other systems know an item, whose own id is unique in its order
 * only. Fields whose content the author defines (`request`, `outputs`, `characteristics`, …) go on below.
 */
export const RECORD_FIELDS: { readonly [kind in RecordKind]: ReadonlySet<string> } = {
  orders: new Set([...EVERY, "externalId", "state", "customer", "billingAccount"]),
  plans: new Set([...EVERY, "number", "state"]),
  items: new Set([...EVERY, "itemId", "reference", "offering", "action", "state", "customerStatus", "characteristics", "charges"]),
  tasks: new Set([...EVERY, "itemId", "reference", "itemState", "key", "type", "category", "targetSystem", "state", "attempts", "request", "outputs", "charge"]),
  milestones: new Set([...EVERY, "itemId", "key", "outcome", "dueAt"]),
  cases: new Set([...EVERY, "itemId", "taskId", "state", "reasonCode", "category", "severity", "queue"]),
  products: new Set([...EVERY, "itemId", "reference", "status", "offering", "characteristics", "charge", "activeFrom"]),
};
