import { usePersona } from "../api/session.ts";
import { refusalOf, type OfferedAction } from "./permissions.ts";

/** Why whoever is at the screen cannot do something, or undefined when they can. */
export function useRefusal(action: OfferedAction): string | undefined {
  return refusalOf(action, usePersona());
}
