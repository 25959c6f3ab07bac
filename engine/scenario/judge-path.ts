import type { Expectations } from "../language/scenario-kinds.ts";
import type { Complain } from "./judge.ts";
import type { Told } from "./told.ts";

/** The tasks as they were begun, or which had ended well before which. */
export function judgePath({ path }: Expectations, told: Told, complain: Complain): void {
  const begun = told.begun.map(({ task }) => task);
  if (path?.exactly) judgeExactly(path.exactly, begun, complain);
  path?.inOrder?.forEach((chain, list) => {
    for (const [position, later] of chain.entries()) {
      const earlier = chain[position - 1];
      if (earlier !== undefined) judgePair(earlier, later, told, (expected, got) => complain(expected, got, "path", "inOrder", list, position));
    }
  });
}

function judgeExactly(expected: readonly string[], begun: readonly string[], complain: Complain): void {
  for (let position = 0; position < Math.max(expected.length, begun.length); position += 1) {
    const [wanted, got] = [expected[position], begun[position]];
    if (wanted === got) continue;
    complain(wanted === undefined ? "no further task" : `${wanted} to begin as number ${position + 1}`, got ?? "no further task", "path", "exactly", Math.min(position, expected.length));
    return;
  }
}

function judgePair(earlier: string, later: string, told: Told, complain: (expected: string, got: string) => void): void {
  const end = told.ended.find(({ task }) => task === earlier);
  const begin = told.begun.find(({ task }) => task === later);
  if (end && begin && end.place < begin.place) return;
  const got = !end ? `${earlier} that never ended well` : !begin ? `${later} that never began` : `${later} begun before ${earlier} had ended`;
  complain(`${later} to begin after ${earlier} has ended well`, got);
}
