import { keptInPlace } from "../diff/kept-in-place.ts";
import { formatDefinition } from "../language/format-definition.ts";
import type { Merge, Side } from "./definition-merge.ts";
import { resolveConflicts } from "./merge-definition.ts";

/**
 * The canonical text of a merge. A conflict stands between Git's markers, and nothing else does: taking ours everywhere
 * gives the text in which ours wins, taking theirs the other one, and both are valid.
 */
export function mergeText(merge: Merge): string {
  if (merge.conflicts.length === 0) return formatDefinition(merge.merged);
  const all = (side: Side) => formatDefinition(resolveConflicts(merge, Object.fromEntries(merge.conflicts.map(({ id }) => [id, side]))));
  return withMarkers(all("ours").split("\n"), all("theirs").split("\n"));
}

/** Marks where two canonical texts differ, line by line. */
function withMarkers(ours: readonly string[], theirs: readonly string[]): string {
  const lines: string[] = [];
  const differ = (left: readonly string[], right: readonly string[]): void => {
    if (left.length + right.length > 0) lines.push("<<<<<<< ours", ...left, "=======", ...right, ">>>>>>> theirs");
  };
  let [left, right] = [0, 0];
  for (const [nextLeft, nextRight] of sharedLines(ours, theirs)) {
    differ(ours.slice(left, nextLeft), theirs.slice(right, nextRight));
    lines.push(ours[nextLeft] as string);
    [left, right] = [nextLeft + 1, nextRight + 1];
  }
  differ(ours.slice(left), theirs.slice(right));
  return lines.join("\n");
}

/** The lines that both texts have at the same place of their structure, in an order that both share. */
function sharedLines(ours: readonly string[], theirs: readonly string[]): readonly (readonly [left: number, right: number])[] {
  const ids = new Map<string, number>();
  const places = new Map(placesOf(theirs, ids).map((place, line) => [place, line]));
  const pairs = placesOf(ours, ids).flatMap((place, line) => {
    const other = places.get(place);
    return other === undefined ? [] : [[line, other] as const];
  });
  const kept = keptInPlace(pairs.map(([, right]) => right));
  return pairs.filter((_, position) => kept.has(position));
}

/**
 * One number for each line: equal for equal lines inside equal lines, by the indentation of canonical text. A line that only
 * opens an object counts together with the line after it, which names the object. So a bracket never matches a stranger's.
 */
function placesOf(lines: readonly string[], ids: Map<string, number>): readonly number[] {
  const open: number[] = [];
  const counts = new Map<string, number>();
  return lines.map((line, index) => {
    const depth = (line.length - line.trimStart().length) / 2;
    open.length = Math.min(open.length, depth + (/^\s*[\]}]/.test(line) ? 1 : 0));
    const text = `${open.join(",")}|${line}${line.trim() === "{" ? lines[index + 1] ?? "" : ""}`;
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    const key = `${text}|${count}`;
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    open[depth] = id;
    return id;
  });
}
