import type { Kind } from "../../engine/language/kinds.ts";
import { slug } from "../../engine/sheet/row-ids.ts";
import type { Files } from "../workspace/history.ts";
import { pathOf } from "../workspace/workspace.ts";

/** Keys made from titles are cut at this length, so that they stay names one can read. */
const KEY_MAX = 60;

/** The key a definition of this title gets: its words joined by dashes, with the first free number when there is one already. */
export function freeKey(files: Files, kind: Kind, title: string): string {
  const wanted = slug(title, KEY_MAX).replace(/^[0-9-]+/, "") || kind;
  let key = wanted;
  for (let number = 2; files.has(pathOf(kind, key)); number += 1) key = `${wanted}-${number}`;
  return key;
}
