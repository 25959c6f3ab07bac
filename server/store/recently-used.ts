/** Keeps so many values, those used most recently; those used longest ago make room. */
export interface RecentlyUsed<T> {
  /** The value, which counts as used by this. */
  readonly get: (key: string) => T | undefined;
  readonly put: (key: string, value: T) => void;
  readonly delete: (key: string) => void;
  readonly clear: () => void;
}

export function createRecentlyUsed<T>(capacity: number): RecentlyUsed<T> {
  /** In the order of their last use. */
  const values = new Map<string, T>();
  return {
    get(key) {
      const value = values.get(key);
      if (value !== undefined) {
        values.delete(key);
        values.set(key, value);
      }
      return value;
    },
    put(key, value) {
      values.delete(key);
      values.set(key, value);
      if (values.size <= capacity) return;
      const [oldest] = values.keys();
      if (oldest !== undefined) values.delete(oldest);
    },
    delete: (key) => void values.delete(key),
    clear: () => values.clear(),
  };
}
