/** Why an input may be refused; closed, stable, never reused. The server gives each its HTTP status. */
export const REJECTION_CODES = {
  "order-exists": "An order with this id exists already.",
  "order-not-found": "There is no such order.",
  "task-not-found": "The order has no such task.",
  "item-not-found": "The order has no such item.",
  "event-not-expected": "Nothing in the order's plan waits for this event.",
  "invalid-transition": "The state does not allow this now.",
  "change-refused": "The change policy does not allow this change now.",
  "version-conflict": "The order has changed since; look at it again.",
  "approval-not-found": "The order has no such approval.",
  "approval-consumed": "The approval was decided already.",
  "approval-stale": "What was to be approved has changed since; look at it again.",
  "four-eyes": "Nobody approves their own request.",
  "role-missing": "The actor does not have the role this needs.",
  "reconcile-first": "The outcome of the task is unknown; find out what happened before anything is sent again.",
  "outcome-not-allowed": "The manual task does not offer this outcome.",
  "form-invalid": "The form does not fit the manual task's schema.",
  "evidence-invalid": "The evidence does not prove what the task type requires.",
  "forbidden-repair": "The authority matrix of the release does not allow the actor this repair.",
  "repair-evidence-missing": "The repair does not say why, how we know, or what it means for the customer and the money.",
  "repair-values-invalid": "The repair does not say what its action needs to know.",
  "outputs-required": "Other work needs a value of the task that is to be waived.",
  "already-claimed": "Someone else has the manual task in their hands.",
  "release-mismatch": "The order is pinned to another release.",
} as const;

export type RejectionCode = keyof typeof REJECTION_CODES;
