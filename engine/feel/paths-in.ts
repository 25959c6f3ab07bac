import type { SyntaxNode } from "./syntax.ts";
import { nameOf, parseFeelExpression, partsOf } from "./syntax.ts";

/** A path an expression reads from a fact, and where in its text each step stands. */
export interface FeelPath {
  readonly fact: string;
  readonly segments: readonly string[];
  /** Offset at which each segment begins. */
  readonly starts: readonly number[];
}

const PLAIN = /^\s*([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*)*)\s*$/;

/**
 * The paths of an expression that begin at one of the facts. Inside filters and where a name of the expression itself hides a
 * fact nothing is said. An expression that is no FEEL has none.
 */
export function pathsIn(source: string, facts: ReadonlySet<string>): readonly FeelPath[] {
  const plain = PLAIN.exec(source);
  if (plain?.[1] !== undefined && facts.has(plain[1])) {
    const segments = (plain[2] ?? "").split(".").slice(1);
    let at = source.indexOf(plain[1]) + plain[1].length + 1;
    return [{ fact: plain[1], segments, starts: segments.map((segment) => (at += segment.length + 1) - segment.length - 1) }];
  }
  const root = parseFeelExpression(source, facts);
  if (root === null) return [];
  const found: FeelPath[] = [];
  visit(root, source, facts, found);
  return found;
}

function visit(node: SyntaxNode, source: string, facts: ReadonlySet<string>, found: FeelPath[]): void {
  const path = pathAt(node, source, facts);
  if (path !== null) {
    found.push(path);
    return;
  }
  const parts = partsOf(node);
  // What is called `item` inside a filter is the element, and locals may be called like a fact.
  if (node.name === "FilterExpression") {
    if (parts[0]) visit(parts[0], source, facts, found);
    return;
  }
  if (HIDES_NAMES.has(node.name)) return;
  for (const part of parts) visit(part, source, facts, found);
}

const HIDES_NAMES: ReadonlySet<string> = new Set(["ForExpression", "QuantifiedExpression", "FunctionDefinition", "Context"]);

function pathAt(node: SyntaxNode, source: string, facts: ReadonlySet<string>): FeelPath | null {
  if (node.name === "VariableName") {
    const fact = nameOf(node, source);
    return facts.has(fact) ? { fact, segments: [], starts: [] } : null;
  }
  if (node.name !== "PathExpression") return null;
  const parts = partsOf(node);
  const [of, name] = [parts[0], parts.at(-1)];
  const before = of === undefined ? null : pathAt(of, source, facts);
  if (before === null || name?.name !== "PathName") return null;
  return { fact: before.fact, segments: [...before.segments, nameOf(name, source)], starts: [...before.starts, name.from] };
}
