import type { Action } from "../../server/identity/action-rules.ts";
import type { Persona } from "../api/session.ts";
import { permissions as words } from "../strings/permissions.ts";

/** The actions the designer offers and the roles that may ask for them, as the server rules; a test compares the two. */
export const OFFERED = {
  "definition.draft": ["analyst"],
  "definition.comment": ["analyst", "reviewer", "release-manager", "finance-approver"],
  "definition.approve": ["reviewer", "finance-approver"],
  "definition.promote": ["release-manager"],
  "definition.rollback": ["release-manager"],
} as const satisfies { readonly [action in Action]?: readonly string[] };

export type OfferedAction = keyof typeof OFFERED;

/** Why this person cannot do something, or undefined when they can. Without a known person the server decides. */
export function refusalOf(action: OfferedAction, me: Persona | null): string | undefined {
  const allowed: readonly string[] = OFFERED[action];
  if (me === null || me.roles.some((role) => allowed.includes(role))) return undefined;
  return words[action];
}
