import { retrySchedule } from "./retry-schedule.ts";
import type { RetryPolicy } from "../../engine/language/kinds.ts";
import { humanDuration, humanMs } from "../look/human-duration.ts";
import { form as words } from "../strings/form.ts";
import { useFile } from "../workspace/workspace.ts";

/** A retry policy in one sentence and one line of time. */
export function RetryTimeline({ path }: { readonly path: string }) {
  const content = useFile(path)?.content as unknown as RetryPolicy | undefined;
  const attempts = content === undefined ? [] : retrySchedule(content);
  const last = attempts.at(-1) ?? 0;
  if (content === undefined || attempts.length === 0) return null;
  return (
    <figure className="retry-timeline" aria-label={words.retryTimeline}>
      <svg viewBox="0 0 300 26" aria-hidden="true">
        <path d="M6 13H294" />
        {attempts.map((at, index) => (
          <circle key={at} cx={6 + (last === 0 ? 0 : (at / last) * 288)} cy="13" r="4" className={index === attempts.length - 1 && index > 0 ? "last" : ""} />
        ))}
      </svg>
      <figcaption>{sentence(content, last)}</figcaption>
    </figure>
  );
}

function sentence(policy: RetryPolicy, last: number): string {
  const { backoff, maxAttempts, maxElapsed } = policy;
  if (maxAttempts <= 1) return words.never;
  const max = backoff?.maxDelay === undefined ? "" : words.upTo(humanDuration(backoff.maxDelay));
  const growth = backoff?.strategy === "EXPONENTIAL" ? words.doubling(backoff.factor ?? 2, max) : backoff?.strategy === "LINEAR" ? words.growing + max : "";
  const until = humanMs(last) + (maxElapsed === undefined ? "" : words.elapsed(humanDuration(maxElapsed)));
  return words.retries(maxAttempts, humanDuration(backoff?.initialDelay ?? "PT0S"), growth, until);
}
