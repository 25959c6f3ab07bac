import type { Facts } from "../rules/facts.ts";
import type { Json } from "../support/json.ts";

/**
 * A literal or FEEL value after compilation. `evaluate` never throws: what FEEL cannot compute is null, and a temporal
 * result comes back as ISO text.
 */
export interface CompiledValue {
  readonly evaluate: (facts: Facts) => Json;
  /** True when the value contains no expression, so that it may be evaluated once. */
  readonly constant: boolean;
}
