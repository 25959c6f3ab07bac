import { FORBIDDEN_SEGMENTS } from "../rules/facts.ts";

/** True when a name, or a segment of a dotted path, would reach into the prototype instead of the data. */
export function isForbiddenName(name: string): boolean {
  return name.split(".").some((segment) => FORBIDDEN_SEGMENTS.has(segment));
}
