/**
 * Why an order may not move to another release. Closed, stable, never reused: the impact report counts them, and a
 * migration that is refused names the very same ones.
 */
export const BLOCKING_RULES = {
  "change-under-way": "A cancellation or an amendment is being decided or carried out; wait until it is done.",
  "approval-pending": "Someone is to agree to something under the rules of the present release; let it be decided first.",
  "offering-no-longer-decomposes": "The release makes no plan for what was ordered.",
  "plan-template-changed": "The release would fulfill the item by another plan template; cancel it and order it anew.",
  "task-type-in-use-removed": "Work of the order has a task type that the release does not have.",
  "done-task-removed": "Work that was done is not in the release's plan; what it did would be forgotten.",
  "done-task-changed": "Work that was done is other work in the release.",
  "skipped-task-changed": "Work fell away by a rule that is another one in the release.",
  "task-under-way-changed": "Work is under way, or its outcome is unknown, and the release would judge it otherwise; wait for its end.",
  "history-not-a-prefix": "Work has begun that the release would not have let begin yet.",
  "milestone-reached-otherwise": "A milestone was reached that the release would not have counted as reached yet.",
  "point-of-no-return-changed": "The point of no return of work that has begun is another one in the release.",
  "compensation-lost": "Work that was done can be undone now and could not be undone any more.",
  "charge-billed-under-changed-trigger": "A charge was handed over by a billing trigger that is another one in the release.",
  "input-missing": "Work to come needs what work that is done never gave.",
  "dependency-impossible": "Work to come would wait for what can no longer happen.",
} as const;

export type BlockingRule = keyof typeof BLOCKING_RULES;
