/** How far an exploration goes before it says that it has not seen everything. */
export const EXPLORE_LIMITS = {
  /** Distinct states of the plan in which a cancellation is tried. */
  states: 4_000,
  /** Inputs that one cancellation may take until nothing moves any more. */
  steps: 500,
} as const;

export interface ExploreLimits {
  readonly states: number;
  readonly steps: number;
}
