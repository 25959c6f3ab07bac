import { parseExpression, parseUnaryTests } from "feelin";

/** The syntax tree of a FEEL text, as lezer-feel gives it. */
export type SyntaxTree = ReturnType<typeof parseExpression>;
/** One node of it; its text is `source.slice(node.from, node.to)`. */
export type SyntaxNode = SyntaxTree["topNode"];

/** How long a FEEL text and how deep its tree may be. */
const FEEL_LIMITS = { lengthMax: 10_000, depthMax: 250 } as const;

/** The tree of an expression in which `names` are known; null when the text is no FEEL expression. */
export function parseFeelExpression(source: string, names: Iterable<string>): SyntaxNode | null {
  return parse(source, () => parseExpression(source, contextOf(names), undefined));
}

/** The tree of a decision table cell; null when the text is no FEEL unary test. */
export function parseFeelUnaryTests(source: string): SyntaxNode | null {
  return parse(source, () => parseUnaryTests(source, {}, undefined));
}

/** From where to where a text stops being FEEL: the first place the parser cannot read. The whole text when it cannot say. */
export function feelErrorAt(source: string, names: Iterable<string>): { readonly from: number; readonly to: number } {
  let found: { readonly from: number; readonly to: number } | null = null;
  try {
    parseExpression(source, contextOf(names), undefined).iterate({
      enter: ({ type, from, to }) => {
        if (type.isError) found ??= { from, to };
      },
    });
  } catch {
    found = null;
  }
  return found ?? { from: 0, to: source.length };
}

/** The parts of a node without comments. */
export function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  for (let part = node.firstChild; part; part = part.nextSibling) if (!part.type.isSkipped) parts.push(part);
  return parts;
}

/** A name as FEEL sees it: its words joined by one space. */
export function nameOf(node: SyntaxNode, source: string): string {
  const words = partsOf(node);
  const text = (part: SyntaxNode): string => source.slice(part.from, part.to);
  return words.length === 0 ? text(node) : words.map((word) => nameOf(word, source)).join(" ");
}

function parse(source: string, parser: () => SyntaxTree): SyntaxNode | null {
  if (source.length > FEEL_LIMITS.lengthMax) return null;
  try {
    const tree = parser();
    return isSound(tree) ? tree.topNode : null;
  } catch {
    return null;
  }
}

function isSound(tree: SyntaxTree): boolean {
  let depth = 0;
  let sound = true;
  tree.iterate({
    enter: (node) => {
      depth += 1;
      if (node.type.isError || depth > FEEL_LIMITS.depthMax) sound = false;
    },
    leave: () => {
      depth -= 1;
    },
  });
  return sound;
}

function contextOf(names: Iterable<string>): { readonly [name: string]: null } {
  const context: { [name: string]: null } = {};
  for (const name of names) context[name] = null;
  return context;
}
