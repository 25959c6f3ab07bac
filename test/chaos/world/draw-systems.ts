import { formatDuration } from "../../../engine/support/duration.ts";
import type { Random } from "../random.ts";
import type { Sketch } from "./sketch.ts";

export type EffectsClass = "idempotent-key" | "queryable" | "neither";

/** A drawn target system, and what its task types refer to. */
export interface DrawnSystem {
  readonly key: string;
  readonly effects: EffectsClass;
  readonly completion: "response" | "callback";
  /** Until when a command sent to it may still arrive; shorter than its settle window. */
  readonly retry: string;
  readonly timeout: string;
  readonly sketches: readonly Sketch[];
}

/** Longest a request to a queryable system stays on its way; every settle window is longer than this and the clocks allow. */
export const FLIGHT_MAX_MS = 25_000;

const MIX: readonly EffectsClass[] = ["idempotent-key", "queryable", "neither", "idempotent-key", "queryable", "idempotent-key", "neither", "queryable"];

/** Four to eight systems; every class is there. */
export function drawSystems(random: Random): readonly DrawnSystem[] {
  const count = random.between(4, 8);
  return MIX.slice(0, count).map((effects, position) => drawSystem(random, `s${position + 1}`, effects));
}

function drawSystem(random: Random, key: string, effects: EffectsClass): DrawnSystem {
  const completion = random.chance(0.4) ? "callback" : "response";
  const settleWindow = formatDuration(random.between(40, 120) * 1_000);
  const limits = {
    concurrency: random.chance(0.3) ? random.between(1, 3) : random.between(4, 40),
    ...(random.chance(0.2) && { outstanding: random.between(4, 60) }),
    ...(random.chance(0.25) && { ratePerSecond: random.between(1, 20) }),
  };
  const system: Sketch = {
    kind: "target-system", key, adapter: "http", endpoint: `${key.toUpperCase()}_URL`, completion, failures: "failures", limits,
    effects: effects === "queryable" ? { class: effects, settleWindow } : { class: effects },
  };
  return { key, effects, completion, retry: `retry-${key}`, timeout: `timeout-${key}`, sketches: [system, drawRetry(random, key, effects), drawTimeout(random, key, effects)] };
}

function drawRetry(random: Random, key: string, effects: EffectsClass): Sketch {
  const maxAttempts = effects === "neither" ? 1 : random.between(1, 5);
  const initial = random.spread(1, 60);
  const strategy = random.pick(["FIXED", "LINEAR", "EXPONENTIAL"]);
  return {
    kind: "retry-policy", key: `retry-${key}`, maxAttempts,
    ...(maxAttempts > 1 && {
      backoff: { strategy, initialDelay: `PT${initial}S`, maxDelay: `PT${initial * 20}S`, jitter: random.pick([0, 0.2, 0.5]) },
      ...(random.chance(0.2) && { escalateAfterAttempts: random.between(1, maxAttempts) }),
      ...(random.chance(0.2) && { maxElapsed: "PT2H" }),
    }),
    retryOn: { classes: effects === "neither" ? [] : ["TRANSIENT", "STALE"] },
    ...(effects === "queryable" && { reconcileFirst: true }),
    onExhausted: random.chance(0.15) ? "FAIL_FINAL" : "FALLOUT",
  };
}

function drawTimeout(random: Random, key: string, effects: EffectsClass): Sketch {
  const first = random.between(1, 30);
  const minutes = (count: number) => `PT${count}M`;
  const unknown = { after: minutes(first), in: ["DISPATCHED", "WAITING"], do: "MARK_OUTCOME_UNKNOWN" };
  const every = random.between(1, 5);
  const repeated = (what: string) => ({ after: minutes(first + 1), do: what, every: minutes(every), until: minutes(first + 1 + every * 4) });
  const escalate = { after: minutes(first + 30 + every * 4), do: "ESCALATE" };
  const steps = {
    "idempotent-key": [unknown, repeated("RETRY_SAME_COMMAND"), escalate],
    queryable: [unknown, repeated("QUERY_STATUS"), escalate],
    neither: [unknown, { after: minutes(first), in: ["OUTCOME_UNKNOWN"], do: "ESCALATE" }],
  }[effects];
  return { kind: "timeout-policy", key: `timeout-${key}`, steps };
}
