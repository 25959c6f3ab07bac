import { compileExpression } from "../../engine/feel/compile-expression.ts";
import { pathsIn } from "../../engine/feel/paths-in.ts";
import { feelErrorAt } from "../../engine/feel/syntax.ts";
import { suggest } from "../../engine/language/suggest.ts";
import type { Vocabulary } from "../../engine/language/vocabulary/vocabulary-of.ts";
import { shapeAt, type Shape } from "../../engine/language/vocabulary/shape.ts";
import { wrongStep } from "../../engine/language/vocabulary/wrong-step.ts";
import type { FactName } from "../../engine/rules/facts.ts";

/** Something wrong with an expression, from one offset to another of the text behind `=`. */
export interface ExpressionProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** What can be said of an expression without an order. */
export interface Examination {
  readonly problems: readonly ExpressionProblem[];
  /** What it gives, where that is known: a path has the type of its field. */
  readonly type: Shape["type"] | null;
}

/** `{parameter}` of a dependency type, as a name of the same length, so that positions stay. */
function withoutParameters(source: string): string {
  return source.replaceAll(/\{(\w+)\}/g, "_$1_");
}

/** What is wrong with an expression (the text behind `=`) at a place where these facts are known, and where in it. */
export function examineExpression(text: string, vocabulary: Vocabulary): Examination {
  const source = withoutParameters(text);
  const facts: ReadonlySet<FactName> = new Set(Object.keys(vocabulary) as FactName[]);
  const problems: ExpressionProblem[] = [];
  compileExpression(source, facts, (code, _, message) => {
    const at = code === "expression-syntax" ? feelErrorAt(source, facts) : placeOfName(source, message);
    problems.push({ ...at, message });
  }, "");
  const paths = pathsIn(source, facts);
  for (const { fact, segments, starts } of paths) {
    const shape = vocabulary[fact as FactName];
    const wrong = shape === undefined || text !== source ? null : wrongStep(shape, segments);
    if (wrong === null) continue;
    const from = starts[wrong.position] ?? 0;
    problems.push({ from, to: from + wrong.name.length, message: `"${[fact, ...segments.slice(0, wrong.position)].join(".")}" has no "${wrong.name}"${suggest(wrong.name, wrong.known)}` });
  }
  const [only] = paths;
  const shape = only === undefined ? undefined : vocabulary[only.fact as FactName];
  const isPath = only !== undefined && source.trim() === [only.fact, ...only.segments].join(".");
  return { problems, type: isPath && shape !== undefined ? (shapeAt(shape, only.segments)?.type ?? null) : null };
}

/** Where the name that a message is about stands in the text; the whole text when it names none. */
function placeOfName(source: string, message: string): { readonly from: number; readonly to: number } {
  const name = /^Nothing is called (.+?) here|^(.+?)(?:\(\))? may not/.exec(message);
  const wanted = name?.[1] ?? name?.[2];
  const from = wanted === undefined ? -1 : source.indexOf(wanted);
  return wanted === undefined || from < 0 ? { from: 0, to: source.length } : { from, to: from + wanted.length };
}
