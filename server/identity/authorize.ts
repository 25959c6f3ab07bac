import type { Actor } from "../../engine/order/inputs.ts";
import { ACTION_RULES, type Action } from "./action-rules.ts";

/** What the action is about. */
export interface Resource {
  /** Region of the order; null when it has none. Left out when the action is about no single order. */
  readonly region?: string | null;
  /** Role that the work itself asks for, for example by its manual task. */
  readonly role?: string | null;
}

/** The answer of `authorize`. `hidden`: the actor must not even learn that the resource exists. */
export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly hidden: boolean; readonly reason: string };

/** A region that stands for all of them. */
export const EVERY_REGION = "*";

/**
 * The one seam in front of the interpreter: may this actor do this to that? Deny by default. An order outside the
 * actor's regions is hidden; an order without a region belongs to everyone. `admin` has every role.
 */
export function authorize(actor: Actor, action: Action, resource: Resource = {}): Decision {
  if (!mayServeRegion(actor, resource.region)) return { allowed: false, hidden: true, reason: "The order lies outside your regions." };
  const rule: readonly string[] = ACTION_RULES[action];
  if (!actor.roles.some((role) => rule.includes(role))) {
    return { allowed: false, hidden: false, reason: `The action ${action} needs one of the roles ${rule.join(", ")}.` };
  }
  const asked = resource.role ?? null;
  if (asked !== null && !actor.roles.includes(asked) && !actor.roles.includes("admin")) {
    return { allowed: false, hidden: false, reason: `This work needs the role ${asked}.` };
  }
  return { allowed: true };
}

/** The regions an actor may see, or null for all of them: the form of the same rule that lists use. */
export function visibleRegions(actor: Actor): readonly string[] | null {
  return actor.regions.includes(EVERY_REGION) ? null : actor.regions;
}

function mayServeRegion(actor: Actor, region: string | null | undefined): boolean {
  const regions = visibleRegions(actor);
  return regions === null || region === null || region === undefined || regions.includes(region);
}
