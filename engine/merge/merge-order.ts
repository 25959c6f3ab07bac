/** The order of a merged list, and whether both sides put what they share in different new orders. */
export interface MergedOrder {
  readonly names: readonly string[];
  readonly contested: boolean;
}

/**
 * The names of both sides in one order: what base, ours and theirs share stands as the side that moved it wants, else as in
 * base; what a side added follows what it follows there, ours before theirs. `preferred` wins where both moved.
 */
export function mergeOrder(base: readonly string[], ours: readonly string[], theirs: readonly string[], preferred: "base" | "ours" | "theirs"): MergedOrder {
  const inBase = new Set(base);
  const inOurs = new Set(ours);
  const inTheirs = new Set(theirs);
  const common = (names: readonly string[]): readonly string[] => names.filter((name) => inBase.has(name) && inOurs.has(name) && inTheirs.has(name));
  const [was, left, right] = [common(base), common(ours), common(theirs)];
  const contested = !isSame(was, left) && !isSame(was, right) && !isSame(left, right);
  const settled = contested ? { base: was, ours: left, theirs: right }[preferred] : isSame(was, left) ? right : left;
  return { names: insert(insert(settled, ours), theirs), contested };
}

/** The order with every further name of `source` behind what it follows there, and behind what others put there before. */
function insert(order: readonly string[], source: readonly string[]): readonly string[] {
  const known = new Set(order);
  const names = new Set(source);
  const following = new Map<string | null, string[]>([[null, []]]);
  let waiting = following.get(null) as string[];
  for (const name of source) {
    if (known.has(name)) following.set(name, (waiting = []));
    else waiting.push(name);
  }
  const result: string[] = [];
  let pending: readonly string[] = following.get(null) ?? [];
  for (const name of order) {
    if (names.has(name)) {
      result.push(...pending);
      pending = following.get(name) ?? [];
    }
    result.push(name);
  }
  return [...result, ...pending];
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, position) => name === right[position]);
}
