import type { ProblemCode } from "../problems/problem-codes.ts";

/** One reason not to accept an order. `pointer` stands in the domain's order; the edge turns it into a place of the payload. */
export interface Reason {
  readonly code: ProblemCode;
  readonly pointer: string;
  readonly detail: string;
  /** Code of the authored rule that was breached. */
  readonly rule?: string;
}
