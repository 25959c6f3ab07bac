import { nearestName } from "../suggest.ts";
import type { Shape } from "./shape.ts";

/** A step of a path that leads nowhere. */
export interface WrongStep {
  /** Which segment it is, from 0. */
  readonly position: number;
  readonly name: string;
  /** The names that are known there. */
  readonly known: readonly string[];
  readonly nearest: string | null;
}

/** Names shorter than this are too easily near each other by chance. */
const NEAR_LENGTH_MIN = 4;

/**
 * The first step of a path that is certainly wrong, or so near to a known name that it looks like a slip; null when there is
 * none. Where more fields may stand than are listed, only a slip is wrong.
 */
export function wrongStep(shape: Shape, segments: readonly string[]): WrongStep | null {
  let at: Shape = shape;
  for (const [position, name] of segments.entries()) {
    while (at.type === "list") at = at.items ?? { type: "any" };
    if (at.type === "any") return null;
    const fields = at.fields ?? {};
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) {
      const known = Object.keys(fields);
      const nearest = nearestName(name, known);
      const isSlip = nearest !== null && name.length >= NEAR_LENGTH_MIN && nearest.length >= NEAR_LENGTH_MIN;
      return at.open === true && !isSlip ? null : { position, name, known, nearest };
    }
    at = field;
  }
  return null;
}
