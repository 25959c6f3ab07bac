import { pathsIn } from "../../feel/paths-in.ts";
import { parsePath } from "../../rules/fact-path.ts";
import type { FactName } from "../../rules/facts.ts";
import type { CompileContext } from "../compile-context.ts";
import type { Condition, Definition } from "../kinds.ts";
import { suggest } from "../suggest.ts";
import { expressionsOf, type PlacedExpression } from "../vocabulary/expression-places.ts";
import { vocabularyOf, type Vocabulary } from "../vocabulary/vocabulary-of.ts";
import { wrongStep } from "../vocabulary/wrong-step.ts";
import { leavesOf } from "./condition-leaves.ts";

/** A path into a fact names fields that are there: a misspelled one would silently always be empty. */
export function checkFactPaths(context: CompileContext): void {
  for (const { file, definition } of context.index.everything()) {
    const report = context.reportFor(file);
    const vocabularies = new Map<ReadonlySet<FactName>, Vocabulary>();
    for (const expression of expressionsOf(definition)) {
      const { facts } = expression;
      const vocabulary = vocabularies.get(facts) ?? vocabularyOf(definition, facts, context);
      vocabularies.set(facts, vocabulary);
      for (const { fact, segments, path } of pathsOf(expression)) {
        const shape = vocabulary[fact as FactName];
        const wrong = shape === undefined || isParameter(segments) ? null : wrongStep(shape, segments);
        if (wrong === null || isCheckedElsewhere(definition, fact)) continue;
        const way = [fact, ...segments.slice(0, wrong.position)].join(".");
        report("unknown-path", path, `"${way}" has no "${wrong.name}"${suggest(wrong.name, wrong.known)}`);
      }
    }
  }
}

/** Names of milestones and the records of a reconciliation have checks of their own, which are errors. */
function isCheckedElsewhere({ kind }: Definition, fact: string): boolean {
  return fact === "milestones" || kind === "reconciliation-rule";
}

/** A dependency type's `{parameter}` stands for a name that only an edge gives. */
function isParameter(segments: readonly string[]): boolean {
  return segments.some((segment) => segment.includes("{"));
}

interface ReadPath {
  readonly fact: string;
  readonly segments: readonly string[];
  readonly path: string;
}

function pathsOf({ form, source, facts, pointer }: PlacedExpression): readonly ReadPath[] {
  if (form === "condition") return leavesOf(source as Condition, pointer).filter(({ segments }) => parsePath(segments.join(".")) !== null).map((leaf) => ({ ...leaf, path: `${leaf.path}/path` }));
  if (typeof source !== "string") return [];
  if (source.startsWith("=")) return pathsIn(source.slice(1), facts).map(({ fact, segments }) => ({ fact, segments, path: pointer }));
  const [fact = "", ...segments] = source.split(".");
  return form === "input" ? [{ fact, segments, path: pointer }] : [];
}
