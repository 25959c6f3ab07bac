/** A stretch of a comparison: shown, or folded away because nothing changed in it. */
export interface Stretch<T> {
  readonly folded: boolean;
  /** Where it begins. */
  readonly start: number;
  readonly items: readonly T[];
}

/** How much an opened stretch shows at once. */
export const OPENED_AT_ONCE = 200;

/**
 * Folds what is the same away, except a few items around each change. `opened` holds the starts of stretches somebody opened; of
 * a long one the beginning is shown then, and the rest can be opened in turn.
 */
export function foldSame<T>(items: readonly T[], isSame: (item: T) => boolean, around: number, opened: ReadonlySet<number>): readonly Stretch<T>[] {
  const near = shownAnyway(items, isSame, around);
  const stretches: { folded: boolean; start: number; items: T[] }[] = [];
  let open = 0;
  items.forEach((item, index) => {
    const last = stretches.at(-1);
    const hides = !near.has(index);
    if (!hides) open = 0;
    else if (open === 0 && last?.folded !== true && opened.has(index)) open = OPENED_AT_ONCE;
    const folded = hides && open === 0;
    if (open > 0) open -= 1;
    if (last?.folded === folded) last.items.push(item);
    else stretches.push({ folded, start: index, items: [item] });
  });
  return stretches;
}

/** Folding less than this saves no room. */
const LEAST_FOLDED = 3;

/** Positions near a change, and what lies between two of them where that is little. */
function shownAnyway<T>(items: readonly T[], isSame: (item: T) => boolean, around: number): ReadonlySet<number> {
  const near = new Set<number>();
  let end = 0;
  items.forEach((item, index) => {
    if (isSame(item)) return;
    const from = index - around - end < LEAST_FOLDED ? end : index - around;
    end = Math.min(items.length, index + around + 1);
    for (let at = from; at < end; at += 1) near.add(at);
  });
  if (items.length - end < LEAST_FOLDED) for (let at = end; at < items.length; at += 1) near.add(at);
  return near;
}
