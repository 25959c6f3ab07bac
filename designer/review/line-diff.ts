import { keptInPlace } from "../../engine/diff/kept-in-place.ts";

/** One line of two texts put together; its number on each side that has it. */
export interface LineDiff {
  readonly mark: "same" | "added" | "removed";
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** Stretches without a line of their own are compared line against line up to this many pairs. */
const PAIRS_MAX = 40_000;

/** Two texts line by line. Lines that occur once on both sides hold the texts together, so that a bracket never matches a stranger's. */
export function diffLines(before: string, after: string): readonly LineDiff[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const lines: LineDiff[] = [];
  const same = (left: number, right: number): void => void lines.push({ mark: "same", text: old[left] ?? "", before: left + 1, after: right + 1 });

  function compare(left: number, leftEnd: number, right: number, rightEnd: number): void {
    while (left < leftEnd && right < rightEnd && old[left] === now[right]) same(left++, right++);
    let tail = 0;
    while (left < leftEnd - tail && right < rightEnd - tail && old[leftEnd - tail - 1] === now[rightEnd - tail - 1]) tail += 1;
    between(left, leftEnd - tail, right, rightEnd - tail);
    for (; tail > 0; tail -= 1) same(leftEnd - tail, rightEnd - tail);
  }

  function between(left: number, leftEnd: number, right: number, rightEnd: number): void {
    const anchors = left === leftEnd || right === rightEnd ? [] : anchorsOf(old, now, [left, leftEnd], [right, rightEnd]);
    if (anchors.length === 0) {
      for (; left < leftEnd; left += 1) lines.push({ mark: "removed", text: old[left] ?? "", before: left + 1, after: null });
      for (; right < rightEnd; right += 1) lines.push({ mark: "added", text: now[right] ?? "", before: null, after: right + 1 });
      return;
    }
    for (const [nextLeft, nextRight] of anchors) {
      compare(left, nextLeft, right, nextRight);
      same(nextLeft, nextRight);
      [left, right] = [nextLeft + 1, nextRight + 1];
    }
    compare(left, leftEnd, right, rightEnd);
  }

  compare(0, old.length, 0, now.length);
  return lines;
}

type Span = readonly [from: number, to: number];
type Pair = readonly [left: number, right: number];

/** Pairs of equal lines in an order both share: of lines that occur once on each side, or of all where there are none and few. */
function anchorsOf(old: readonly string[], now: readonly string[], [left, leftEnd]: Span, [right, rightEnd]: Span): readonly Pair[] {
  const places = (lines: readonly string[], from: number, to: number): Map<string, number[]> => {
    const found = new Map<string, number[]>();
    for (let line = from; line < to; line += 1) (found.get(lines[line] ?? "") ?? found.set(lines[line] ?? "", []).get(lines[line] ?? ""))?.push(line);
    return found;
  };
  const [inOld, inNow] = [places(old, left, leftEnd), places(now, right, rightEnd)];
  const once = [...inOld].flatMap(([text, lines]): Pair[] => {
    const others = inNow.get(text) ?? [];
    return lines.length === 1 && others.length === 1 ? [[lines[0] ?? 0, others[0] ?? 0]] : [];
  });
  const few = (leftEnd - left) * (rightEnd - right) <= PAIRS_MAX;
  const pairs = once.length > 0 || !few ? once : [...inOld].flatMap(([text, lines]) => lines.flatMap((line) => (inNow.get(text) ?? []).toReversed().map((other): Pair => [line, other])));
  // For one left line only one of its pairs can rise, because they stand in falling order.
  const sorted = pairs.toSorted(([a, x], [b, y]) => a - b || y - x);
  const kept = keptInPlace(sorted.map(([, other]) => other));
  return sorted.filter((_, position) => kept.has(position));
}

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
