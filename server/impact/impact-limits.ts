/** How much impact reports may take. Messages quote the numbers. */
export const IMPACT_LIMITS = {
  /** Reports made at the same time over all processes; a further one is refused until one of them is done. */
  concurrentReports: 1,
  /** Orders read at once. */
  pageOrders: 100,
  /** How long assessing may keep the process from everything else, in milliseconds. */
  turnMs: 10,
  /** How often a running report says how far it is, in milliseconds. */
  progressMs: 1_000,
  /** A report that has not said how far it is for so long has lost its process, in milliseconds. */
  abandonedAfterMs: 60_000,
  /** Reports that are kept; the oldest make room. */
  keptReports: 100,
} as const;
