/**
 * What the other side of each target system is like. The same facts stand in `definitions/target-system`; they are
 * repeated here because a simulator that reads what we believe about a system could never prove the belief wrong. A test
 * compares the two.
 */
export interface SystemProfile {
  /**
   * - `idempotent-key`: a repeated key gets the stored answer and has no second effect.
   * - `queryable`: every request is an effect; status queries answer by key.
   * - `neither`: every request is an effect and nothing can be asked.
   */
  readonly effects: "idempotent-key" | "queryable" | "neither";
  /** `response`: the answer is the result. `callback`: 202 now, the result later. */
  readonly completion: "response" | "callback";
  /** Environment variable of its address, where it is not the key in capitals. */
  readonly endpoint?: string;
}

export const DEFAULT_PROFILE: SystemProfile = { effects: "idempotent-key", completion: "response" };

export const SYSTEMS: { readonly [system: string]: SystemProfile } = {
  "activation": { effects: "queryable", completion: "callback" },
  "billing": DEFAULT_PROFILE,
  "carrier": { effects: "neither", completion: "callback" },
  "contact-center-platform": { effects: "idempotent-key", completion: "callback", endpoint: "CONTACT_CENTER_ENDPOINT" },
  "charging": DEFAULT_PROFILE,
  "entitlement": DEFAULT_PROFILE,
  "hlr-hss": { effects: "queryable", completion: "callback" },
  "logistics": { effects: "idempotent-key", completion: "callback" },
  "notification": DEFAULT_PROFILE,
  "resource-inventory": DEFAULT_PROFILE,
  "service-order": { effects: "idempotent-key", completion: "callback" },
  "warehouse": DEFAULT_PROFILE,
  "workforce": { effects: "queryable", completion: "callback" },
};
