import { findElementRenames } from "../diff/find-renames.ts";
import { renameElements, type ElementRename } from "../diff/rename-element.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";

/** An element that both sides renamed, each to a key of its own. */
export interface ContestedRename {
  readonly list: string;
  readonly property: string;
  readonly from: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Three versions in which the same keys mean the same things, and what was renamed on the way. */
export interface FollowedRenames {
  readonly base: JsonObject;
  readonly ours: JsonObject;
  readonly theirs: JsonObject;
  /** The renames of one side that the others followed, by their new keys. */
  readonly byOurs: readonly ElementRename[];
  readonly byTheirs: readonly ElementRename[];
  /** Elements renamed twice carry their old key meanwhile. */
  readonly contested: readonly ContestedRename[];
}

/**
 * Lets every version follow the renames of the other side, so that an edit meets the element it was made for. A new key that
 * the other side has for something else is no rename here: then one element goes and another comes.
 */
export function followRenames(base: JsonObject, ours: JsonObject, theirs: JsonObject): FollowedRenames {
  const mine = findElementRenames(base, ours);
  const yours = findElementRenames(base, theirs);
  const sameOrigin = (rename: ElementRename, others: readonly ElementRename[]): ElementRename | undefined =>
    others.find(({ list, property, from }) => list === rename.list && property === rename.property && from === rename.from);
  const both = mine.flatMap((rename) => {
    const other = sameOrigin(rename, yours);
    return other === undefined ? [] : [{ ...rename, ours: rename.to, theirs: other.to }];
  });
  const agreed = both.filter((rename) => rename.ours === rename.theirs);
  const contested = both.filter((rename) => rename.ours !== rename.theirs);
  const byOurs = mine.filter((rename) => !sameOrigin(rename, yours) && !hasKey(theirs, rename));
  const byTheirs = yours.filter((rename) => !sameOrigin(rename, mine) && !hasKey(ours, rename));
  return {
    base: renameElements(base, [...agreed, ...byOurs, ...byTheirs]),
    ours: renameElements(ours, [...byTheirs, ...contested.map(({ list, property, from, ours: to }) => ({ list, property, from: to, to: from }))]),
    theirs: renameElements(theirs, [...byOurs, ...contested.map(({ list, property, from, theirs: to }) => ({ list, property, from: to, to: from }))]),
    byOurs,
    byTheirs,
    contested,
  };
}

function hasKey(definition: JsonObject, { list, property, to }: ElementRename): boolean {
  const elements = definition[list];
  return Array.isArray(elements) && (elements as readonly Json[]).some((element) => isJsonObject(element) && element[property] === to);
}
