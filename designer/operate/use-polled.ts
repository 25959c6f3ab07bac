import { useEffect, useRef, useState } from "react";
import { ApiError } from "../api/http.ts";

export interface Polled<T> {
  readonly data: T | null;
  /** Why the last attempt failed; what was read before stays in `data`. */
  readonly error: ApiError | null;
  /** When `data` was read. */
  readonly readAt: number | null;
}

const EVERY_MS = 2_000;

/**
 * Reads now and every two seconds; rests while the page is hidden. A new `key` starts over, an answer to an older one is
 * dropped.
 */
export function usePolled<T>(key: string, load: () => Promise<T>): Polled<T> {
  const [polled, setPolled] = useState<{ readonly key: string } & Polled<T>>({ key, data: null, error: null, readAt: null });
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      clearTimeout(timer);
      if (document.hidden) return;
      try {
        const data = await latest.current();
        if (!over) setPolled({ key, data, error: null, readAt: Date.now() });
      } catch (cause) {
        const error = cause instanceof ApiError ? cause : new ApiError(String(cause), null, null);
        if (!over) setPolled((before) => ({ ...(before.key === key ? before : { data: null, readAt: null }), key, error }));
      }
      if (!over) timer = setTimeout(() => void read(), EVERY_MS);
    };
    const wake = (): void => void read();
    document.addEventListener("visibilitychange", wake);
    void read();
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
    };
  }, [key]);
  return polled.key === key ? polled : { data: null, error: null, readAt: null };
}
