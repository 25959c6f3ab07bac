import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";

/** How one content became another. What both hold as the same object is not in it, so that an edit of one row of a large table is small. */
export type ContentPatch =
  | { readonly put: Json }
  | { readonly members: { readonly [name: string]: ContentPatch } }
  | { readonly from: number; readonly removed: number; readonly added: readonly Json[] };

/** The patch from one content to another; null when they are the same object. */
export function patchBetween(before: Json | undefined, after: Json): ContentPatch | null {
  if (before === after) return null;
  if (Array.isArray(before) && Array.isArray(after)) return listPatch(before as readonly Json[], after as readonly Json[]);
  if (!isJsonObject(before) || !isJsonObject(after) || !sameNames(before, after)) return { put: after };
  const members = Object.keys(after).flatMap((name) => {
    const patch = patchBetween(before[name], after[name] as Json);
    return patch === null ? [] : [[name, patch] as const];
  });
  return { members: Object.fromEntries(members) };
}

/** The content after a patch; what the patch does not name stays the same object. */
export function applyPatch(before: Json | undefined, patch: ContentPatch): Json {
  if ("put" in patch) return patch.put;
  if ("added" in patch) {
    const list = before as readonly Json[];
    return [...list.slice(0, patch.from), ...patch.added, ...list.slice(patch.from + patch.removed)];
  }
  const content = before as JsonObject;
  return { ...content, ...Object.fromEntries(Object.entries(patch.members).map(([name, member]) => [name, applyPatch(content[name], member)])) };
}

/** What lies between the elements that both lists begin and end with. */
function listPatch(before: readonly Json[], after: readonly Json[]): ContentPatch {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let kept = 0;
  while (kept < shorter - from && before[before.length - 1 - kept] === after[after.length - 1 - kept]) kept += 1;
  return { from, removed: before.length - from - kept, added: after.slice(from, after.length - kept) };
}

function sameNames(before: JsonObject, after: JsonObject): boolean {
  const names = Object.keys(before);
  const others = Object.keys(after);
  return names.length === others.length && names.every((name, index) => name === others[index]);
}
