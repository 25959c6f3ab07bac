import { jsonEqual } from "../rules/operators.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import type { JsonObject } from "../support/json.ts";

/** Something that is gone or new, and its content without what names it. */
export interface Candidate {
  readonly name: string;
  readonly content: JsonObject;
  /** The content in which names of other elements are blank, because these may be renamed, too. */
  readonly blank: JsonObject;
}

/** Share of the properties, and their number, that must be the same before a thing of another name counts as the same thing. */
const ALIKE = 0.75;
const AT_LEAST = 2;
/** Beyond this many pairs only equal content counts: comparing everything with everything would take too long. */
const MOST_PAIRS = 40_000;

/**
 * Which of what is gone became which of what is new: first those of the same content, then those that only refer to other
 * elements, then the most alike of the rest as long as three of four properties agree. The same input always gives the same
 * pairs.
 */
export function pairRenamed(gone: readonly Candidate[], fresh: readonly Candidate[]): readonly (readonly [from: string, to: string])[] {
  const pairs: (readonly [string, string])[] = [];
  const taken = new Set<Candidate>();
  const pair = (from: Candidate, to: Candidate): void => {
    if (taken.has(from) || taken.has(to)) return;
    taken.add(from).add(to);
    pairs.push([from.name, to.name]);
  };
  const rest = (candidates: readonly Candidate[]): readonly Candidate[] => candidates.filter((candidate) => !taken.has(candidate));
  for (const content of ["content", "blank"] as const) for (const [from, to] of ofSameContent(rest(gone), rest(fresh), content)) pair(from, to);
  for (const [from, to] of mostAlike(rest(gone), rest(fresh))) pair(from, to);
  return pairs;
}

/** Pairs of equal content, in the order in which they stand. */
function ofSameContent(gone: readonly Candidate[], fresh: readonly Candidate[], content: "content" | "blank"): readonly (readonly [Candidate, Candidate])[] {
  const free = new Map<string, Candidate[]>();
  for (const candidate of fresh.toReversed()) {
    const text = canonicalJson(candidate[content]);
    const same = free.get(text);
    if (same) same.push(candidate);
    else free.set(text, [candidate]);
  }
  return gone.flatMap((candidate) => {
    const same = Object.keys(candidate.content).length === 0 ? undefined : free.get(canonicalJson(candidate[content]))?.pop();
    return same ? [[candidate, same] as const] : [];
  });
}

/** The pairs that are alike, the most alike first; among equals in the order in which they stand. */
function mostAlike(gone: readonly Candidate[], fresh: readonly Candidate[]): readonly (readonly [Candidate, Candidate])[] {
  if (gone.length * fresh.length > MOST_PAIRS) return [];
  return gone
    .flatMap((from) => fresh.map((to) => ({ from, to, share: shareOf(from.blank, to.blank) })))
    .filter(({ share }) => share >= ALIKE)
    .sort((left, right) => right.share - left.share)
    .map(({ from, to }) => [from, to] as const);
}

function shareOf(left: JsonObject, right: JsonObject): number {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  // Who gives another key often gives another title with it; the same title still speaks for the same thing.
  if (!jsonEqual(left["title"], right["title"])) names.delete("title");
  const same = [...names].filter((name) => jsonEqual(left[name], right[name])).length;
  return same < AT_LEAST ? 0 : same / names.size;
}
