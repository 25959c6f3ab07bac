import { useEffect, useState } from "react";
import type { ApiError } from "../api/http.ts";
import { formatFull, formatInstant } from "./format.ts";
import { look as words } from "../strings/look.ts";
import type { Polled } from "../operate/use-polled.ts";

/** An instant, short on the page and whole on hover and for machines. */
export function Instant({ at }: { readonly at: string | null }) {
  if (at === null) return <Nothing />;
  return (
    <time dateTime={at} title={formatFull(at)}>
      {formatInstant(at)}
    </time>
  );
}

/** The quiet dash for what is not there. */
export function Nothing() {
  return (
    <span className="muted" aria-label={words.nothing}>
      –
    </span>
  );
}

/** How much is done: a bar and the same in figures. */
export function Progress({ done, total }: { readonly done: number; readonly total: number }) {
  return (
    <span className="progress">
      <progress value={done} max={Math.max(total, 1)} aria-hidden="true" />
      <span>{words.doneOf(done, total)}</span>
    </span>
  );
}

/** A refusal or failure in the server's own words, and what the page does about it. */
export function Trouble({ error, stale }: { readonly error: ApiError; readonly stale: boolean }) {
  return (
    <div className="trouble" role="alert">
      <p>
        <strong>{error.message}</strong>
        {error.code === null ? null : <span className="mono"> {error.code}</span>}
      </p>
      <p>{stale ? words.stale : words.keepsTrying}</p>
    </div>
  );
}

/** How fresh the page is. */
export function Freshness({ readAt, error }: Pick<Polled<unknown>, "readAt" | "error">) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (readAt === null) return null;
  const seconds = Math.max(0, Math.round((now - readAt) / 1_000));
  return <span className="freshness">{error === null ? words.fresh(seconds) : words.notFresh(seconds)}</span>;
}
