/** One failure injection, as the checklist of seed 31 section 21.1 asks for it; its test prints it and holds it to `passes`. */
export interface Injection {
  readonly injected: string;
  readonly journey: string;
  readonly invariant: string;
  readonly transition: string;
  readonly userSees: string;
  readonly signal: string;
  readonly recovery: string;
  readonly repair: string;
  readonly reconciliation: string;
  readonly passes: string;
}

/** The ten rows of seed 31 section 21. What the seed says of quotes and catalogs is read for the part that is ours: orders and releases. */
export const INJECTIONS = {
  1: {
    injected: "the price is stale: the quote has run out, or none came because pricing timed out", journey: "submit an order",
    invariant: "no order is accepted without the price the customer accepted", transition: "none: nothing is stored", userSees: "422 with the reason and what to send",
    signal: "problem code in the answer and the request log", recovery: "the same order with a fresh quote is accepted", repair: "requote in the channel", reconciliation: "orders = accepted answers",
    passes: "no order row after the refusal, one after the fresh quote",
  },
  2: {
    injected: "nobody who may approve answers for weeks", journey: "cancel after activation", invariant: "nothing is approved by waiting (I-30)",
    transition: "order stays ASSESSING_CANCELLATION, approval PENDING", userSees: "the order waits for a person, named by role", signal: "pending approval in the worklist",
    recovery: "a late refusal or approval is still good on the same state", repair: "ask again, or another person with the role", reconciliation: "every applied change has its ApprovalGiven",
    passes: "no deactivation and no billing command while it waits; the order completes after the refusal",
  },
  3: {
    injected: "a new release is active in one process and unknown in the other", journey: "orders in flight during promotion", invariant: "an order runs on the release it was accepted under (B8)",
    transition: "as if nothing was published", userSees: "nothing", signal: "release digest on every journal entry; release-mismatch when asked for another", recovery: "the process reads the pinned release from the database by digest",
    repair: "promote the older release again", reconciliation: "one digest per order in the journal", passes: "each journal names one digest, a foreign release changes nothing",
  },
  4: {
    injected: "the answer to the submission is lost", journey: "submit an order", invariant: "one intent, one order (I-05)", transition: "none by the repeat",
    userSees: "the same 201 with the same id", signal: "Idempotency-Replayed header", recovery: "the caller repeats the request with its key", repair: "none needed", reconciliation: "orders per idempotency key = 1",
    passes: "equal answers, one order row",
  },
  5: {
    injected: "provisioning takes effect and the answer is lost", journey: "activate the connection", invariant: "one effect per key; no retry before reconciliation (I-01, E4)",
    transition: "DISPATCHED, OUTCOME_UNKNOWN, SUCCEEDED", userSees: "the order goes on, a little later", signal: "TaskOutcomeBecameUnknown", recovery: "status query by key",
    repair: "case OUTCOME_UNKNOWN after two hours", reconciliation: "TaskReconciled with what was found", passes: "one dispatch, one effect, COMPLETED",
  },
  6: {
    injected: "the target of messages is away for three tries", journey: "customer messages of an order", invariant: "what was committed leaves, at least once, in the end (J2)",
    transition: "order COMPLETED; messages RETRY_SCHEDULED, then SUCCEEDED", userSees: "messages come late, none is missing, none comes twice", signal: "TaskRetryScheduled, breaker of the system",
    recovery: "outbox and retry policy", repair: "pause and resume the system", reconciliation: "outbox rows without settlement = 0", passes: "three messages, no repeated effect, no order lost",
  },
  7: {
    injected: "the same callback is delivered four times", journey: "activate the connection", invariant: "an event is applied once (I-13)", transition: "one TaskSucceeded", userSees: "nothing",
    signal: "duplicate rows in the inbox are refused", recovery: "none needed", repair: "none needed", reconciliation: "inbox rows per message id = 1", passes: "one transition, one follow-up, COMPLETED",
  },
  8: {
    injected: "billing refuses the subscription", journey: "start of charges after activation", invariant: "service is not withdrawn, completion is not claimed (I6)",
    transition: "task AWAITING_MANUAL_ACTION, item IN_PROGRESS", userSees: "service active", signal: "case REVENUE P0 with queue and deadline", recovery: "repair by billing, agreed by finance",
    repair: "RETRY, CORRECT_PAYLOAD, WAIVE", reconciliation: "no completed billable item without charge or approved reason", passes: "not COMPLETED before the charge, COMPLETED after it, one charge each",
  },
  9: {
    injected: "another process serves reads and knows the order from before", journey: "support looks an order up", invariant: "a projection never hides a committed state", transition: "none",
    userSees: "the version of what is shown", signal: "aggregateVersion in every answer", recovery: "reads go to the system of record", repair: "none needed", reconciliation: "view version = journal version",
    passes: "detail and list show the newest version right after each commit",
  },
  10: {
    injected: "someone tries to complete an order by force: without role, without evidence, while a charge is open", journey: "repair desk", invariant: "no repair outside its safe-when conditions (H3, H5)",
    transition: "none", userSees: "a refusal with its own code", signal: "the refusal; no RepairApplied in the audit", recovery: "the safe repair that the refusal names", repair: "bill or waive the charge first",
    reconciliation: "replay of the journal = state", passes: "order, journal and commands unchanged by every attempt",
  },
} as const satisfies { readonly [row: number]: Injection };

/** The sheet as it is printed. */
export const sheet = (row: keyof typeof INJECTIONS): string => Object.entries(INJECTIONS[row]).map(([name, text]) => `${name}: ${text}`).join("\n");
