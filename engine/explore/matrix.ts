import type { Cell, Exploration, Standing, Verdict } from "./exploration.ts";
import { STANDINGS } from "./exploration.ts";

/** One task of the matrix: for each standing it was seen in, the worst that a cancellation did in any such state. */
export interface MatrixRow {
  readonly task: string;
  readonly title: string;
  readonly verdicts: { readonly [standing in Standing]?: Verdict["kind"] };
}

export interface Matrix {
  readonly columns: readonly Standing[];
  readonly rows: readonly MatrixRow[];
  readonly counts: { readonly [kind in Verdict["kind"]]: number };
  /** What is refused, and why: each reason once, with how many states it was given in. */
  readonly refusals: readonly { readonly reason: string; readonly route: string | null; readonly states: number }[];
  /** Each problem once, with the first state that shows it. */
  readonly problems: readonly { readonly text: string; readonly states: number; readonly path: readonly string[] }[];
}

const BADNESS: readonly Verdict["kind"][] = ["safe", "refused", "unsafe"];

/** The exploration as a table: small enough to read, with the first example of everything that is wrong. */
export function matrixOf({ tasks, cells }: Exploration): Matrix {
  const rows = tasks.map(({ name, title }): MatrixRow => {
    const verdicts: { [standing in Standing]?: Verdict["kind"] } = {};
    for (const { standings, verdict } of cells) {
      const standing = standings[name];
      if (standing !== undefined) verdicts[standing] = worse(verdicts[standing], verdict.kind);
    }
    return { task: name, title, verdicts };
  });
  const columns = STANDINGS.filter((standing) => rows.some(({ verdicts }) => verdicts[standing] !== undefined));
  const count = (kind: Verdict["kind"]) => cells.filter(({ verdict }) => verdict.kind === kind).length;
  return { columns, rows, counts: { safe: count("safe"), refused: count("refused"), unsafe: count("unsafe") }, refusals: refusalsOf(cells), problems: problemsOf(cells) };
}

function worse(a: Verdict["kind"] | undefined, b: Verdict["kind"]): Verdict["kind"] {
  return a === undefined || BADNESS.indexOf(b) > BADNESS.indexOf(a) ? b : a;
}

function refusalsOf(cells: readonly Cell[]): Matrix["refusals"] {
  const found = new Map<string, { reason: string; route: string | null; states: number }>();
  for (const { verdict } of cells) {
    if (verdict.kind !== "refused") continue;
    const known = found.get(verdict.reason);
    if (known) known.states += 1;
    else found.set(verdict.reason, { reason: verdict.reason, route: verdict.route, states: 1 });
  }
  return [...found.values()];
}

function problemsOf(cells: readonly Cell[]): Matrix["problems"] {
  const found = new Map<string, { text: string; states: number; path: readonly string[] }>();
  for (const { verdict, path } of cells) {
    if (verdict.kind !== "unsafe") continue;
    for (const { text } of verdict.problems) {
      const known = found.get(text);
      if (known) known.states += 1;
      else found.set(text, { text, states: 1, path });
    }
  }
  return [...found.values()];
}
