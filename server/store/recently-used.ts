/** Keeps so many values, those used most recently; those used longest ago make room. */
export interface RecentlyUsed<T> {
  /** The value, which counts as used by this. */
  readonly get: (key: string) => T | undefined;
  readonly put: (key: string, value: T) => void;
  readonly delete: (key: string) => void;
  readonly clear: () => void;
}

interface Kept<T> {
  value: T;
  /** The moment of its last use. */
  moment: number;
}

/**
 * Time passes with each newcomer alone, because only then something must make room: of those used since, none is older than another,
 * and using one of a hundred costs what using the only one does.
 */
export function createRecentlyUsed<T>(capacity: number): RecentlyUsed<T> {
  /** In the order of their last moments. */
  const values = new Map<string, Kept<T>>();
  let moment = 0;

  function use(key: string): Kept<T> | undefined {
    const kept = values.get(key);
    if (kept === undefined || kept.moment === moment) return kept;
    kept.moment = moment;
    values.delete(key);
    values.set(key, kept);
    return kept;
  }

  return {
    get: (key) => use(key)?.value,
    put(key, value) {
      const kept = use(key);
      if (kept) {
        kept.value = value;
        return;
      }
      moment += 1;
      values.set(key, { value, moment });
      if (values.size <= capacity) return;
      const [oldest] = values.keys();
      if (oldest !== undefined) values.delete(oldest);
    },
    delete: (key) => void values.delete(key),
    clear: () => values.clear(),
  };
}
