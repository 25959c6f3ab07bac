import type { Command } from "../order/commands.ts";
import type { OrderEvent } from "../order/events.ts";
import type { Order } from "../order/order.ts";
import type { Json } from "../support/json.ts";
import type { RejectionCode } from "./rejection-codes.ts";

/** The answer of `interpret`: what happened and what must be done, or why nothing may happen. */
export type Interpretation =
  | {
      readonly accepted: true;
      /** The state after `events`; the very same object when there are none. */
      readonly order: Order;
      readonly events: readonly OrderEvent[];
      readonly commands: readonly Command[];
      readonly changes: Changes;
    }
  | { readonly accepted: false; readonly rejection: Rejection };

/** A request that must not change anything, with a stable code from `rejection-codes.ts`. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly message: string;
  readonly details?: Json;
}

/** Which rows the events touched, as positions in the order's lists; only these are written. */
export interface Changes {
  readonly head: boolean;
  readonly plan: boolean;
  readonly items: readonly number[];
  readonly tasks: readonly number[];
  readonly milestones: readonly number[];
  readonly cases: readonly number[];
}
