/**
 * How a simulated system may misbehave. "Before effect" leaves no trace but the journal's line; "after effect" has done the
 * work and only the caller does not learn it. Where the answer is lost the callback is lost too, unless `callback` is true.
 */
export type Fault =
  /** Refuses: at once, or after having accepted (`via: "callback"`). `effect: "PARTIAL"` admits that half of it happened. */
  | { readonly kind: "reject"; readonly code: string; readonly message?: string; readonly status?: number; readonly via?: "response" | "callback"; readonly effect?: "PARTIAL" }
  /** 503, nothing was done. */
  | { readonly kind: "unavailable"; readonly retryAfter?: string }
  /** 429, nothing was done. */
  | { readonly kind: "busy"; readonly retryAfter?: string }
  /** The answer comes late. */
  | { readonly kind: "delay"; readonly ms: number }
  | { readonly kind: "timeout-before-effect" }
  | { readonly kind: "timeout-after-effect"; readonly callback?: boolean }
  | { readonly kind: "reset-before-effect" }
  | { readonly kind: "reset-after-effect"; readonly callback?: boolean }
  /** 500 (or another 5xx) although the work was done. */
  | { readonly kind: "server-error"; readonly status?: number; readonly callback?: boolean }
  /** 200 with a body that cannot be read. */
  | { readonly kind: "malformed-answer"; readonly body: "empty" | "truncated" | "wrong" | "huge"; readonly callback?: boolean }
  | { readonly kind: "redirect"; readonly location: string }
  /** The same message several times; `sameId: false` gives each delivery its own id. */
  | { readonly kind: "duplicate-callback"; readonly copies?: number; readonly sameId?: boolean }
  /** `succeeded` first, `accepted` after it. */
  | { readonly kind: "reorder-callbacks" }
  /** The callback arrives before the request is answered. */
  | { readonly kind: "early-callback" }
  | { readonly kind: "late-callback"; readonly ms: number }
  | { readonly kind: "lost-callback" }
  /** Signed with another secret. */
  | { readonly kind: "forged-callback" }
  /** Signed ten minutes ago. */
  | { readonly kind: "stale-callback" }
  /** Status queries answer `notFound` for a while although the work was done. */
  | { readonly kind: "query-lag"; readonly ms: number };

export type FaultKind = Fault["kind"];

/** Which requests a fault befalls. Every member that is given must fit; the first rule that fits decides. */
export interface FaultRule {
  readonly system?: string;
  readonly action?: string;
  /** A command (the default) or a status query. */
  readonly on?: "command" | "query";
  readonly orderId?: string;
  readonly externalId?: string;
  readonly itemId?: string;
  readonly attempt?: number;
  /** How often the rule acts; without it, always. */
  readonly times?: number;
  /** Share of the fitting requests it befalls, 0 to 1, drawn from the seed. */
  readonly probability?: number;
  readonly fault: Fault;
}
