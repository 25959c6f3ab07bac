import type { Instant } from "../language/kinds.ts";
import { msBetween } from "../support/instant.ts";

/** How long one wave lasts after a target system came back. */
export const RAMP_WAVE_MS = 1_000;
/** Commands in flight in the first wave. */
export const RAMP_FIRST_WAVE = 1;
/** How much larger each wave is than the one before. */
export const RAMP_GROWTH = 2;
/** Waves after which nothing holds back any more, whatever the concurrency. */
export const RAMP_WAVES = 20;

/**
 * Commands that may be in flight so long after a target system came back: 1, 2, 4, 8 … a second, so that held work does not
 * fall upon it all at once.
 */
export function rampRoom(startedAt: Instant | null, at: Instant): number {
  if (startedAt === null) return Infinity;
  const wave = Math.max(0, Math.floor(msBetween(startedAt, at) / RAMP_WAVE_MS));
  return wave >= RAMP_WAVES ? Infinity : RAMP_FIRST_WAVE * RAMP_GROWTH ** wave;
}
