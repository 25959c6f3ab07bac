import type { Instant } from "../language/kinds.ts";
import type { JsonObject } from "../support/json.ts";

/** What someone else must do now. Data only; whoever performs it does so after the state is committed. */
export type Command = DispatchTask | QueryTask | SetTimer | CancelTimer | RecordProduct;

/** Send a task's command to its target system (22a section 22.1). The same key on every attempt. */
export interface DispatchTask {
  readonly type: "DispatchTask";
  readonly commandId: string;
  readonly idempotencyKey: string;
  readonly correlationId: string;
  /** The event that caused the command. */
  readonly causationId: string;
  readonly orderId: string;
  readonly taskId: string;
  readonly attempt: number;
  readonly targetSystem: string;
  readonly action: string;
  readonly request: JsonObject;
  readonly businessKeys: BusinessKeys;
}

/** Ask a target system what became of a command. */
export interface QueryTask {
  readonly type: "QueryTask";
  readonly commandId: string;
  readonly idempotencyKey: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly orderId: string;
  readonly taskId: string;
  readonly attempt: number;
  readonly targetSystem: string;
}

/** The references support people search by (E9, 22b section 9). */
export interface BusinessKeys {
  readonly orderId: string;
  readonly orderItemId: string;
  readonly externalId: string | null;
  readonly billingAccount: string | null;
  readonly customerId: string | null;
  readonly quoteId: string | null;
}

export interface SetTimer {
  readonly type: "SetTimer";
  readonly timerId: string;
  readonly dueAt: Instant;
}

export interface CancelTimer {
  readonly type: "CancelTimer";
  readonly timerId: string;
}

/** Write a verified result to the installed base, in the same transaction as the event. */
export interface RecordProduct {
  readonly type: "RecordProduct";
  readonly productId: string;
  readonly orderId: string;
  readonly itemId: string;
  readonly status: string;
  readonly offering: string;
  readonly characteristics: JsonObject;
  readonly at: Instant;
}
