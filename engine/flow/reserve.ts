/** Share of every limit that is kept free for critical work. */
export const CRITICAL_SHARE = 0.1;
/** A limit up to this keeps nothing free: the reserve would be too large a part of it. */
export const RESERVE_ABOVE = 4;

/** Places of a limit that only critical work may take (D6). */
export function reserveOf(limit: number): number {
  return limit > RESERVE_ABOVE ? Math.max(1, Math.floor(limit * CRITICAL_SHARE)) : 0;
}
