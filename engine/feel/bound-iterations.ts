import { FeelFunction, FeelRange } from "feelin";
import type { SyntaxNode } from "./syntax.ts";
import { partsOf } from "./syntax.ts";

/** How many numbers a `for`, `some` or `every` may count through. */
const ITERATIONS_MAX = 10_000;

const GUARD = "boundedIteration";

/** The function that `boundIterations` puts around what is iterated over; a range that is too long becomes null. */
export const ITERATION_GUARD = {
  [GUARD]: new FeelFunction((value: unknown) => {
    if (!(value instanceof FeelRange)) return value;
    const { start, end } = value as { readonly start: unknown; readonly end: unknown };
    return typeof start === "number" && typeof end === "number" && Math.abs(end - start) <= ITERATIONS_MAX ? value : null;
  }, ["value"]),
} as const;

/**
 * The same expression with every iteration bounded: `for i in 1..item.quantity` must not count to a billion because a
 * customer wrote a billion. Lists are as long as the data, and are left as they are.
 */
export function boundIterations(root: SyntaxNode, source: string): string {
  const inserts: { readonly at: number; readonly text: string; readonly order: number }[] = [];
  let order = 0;
  const visit = (node: SyntaxNode): void => {
    const parts = partsOf(node);
    if (node.name === "IterationContext") {
      const isRange = parts.some((part) => part.name === "..");
      order += 1;
      inserts.push({ at: node.from, text: `${GUARD}(${isRange ? "[" : ""}`, order });
      inserts.push({ at: node.to, text: `${isRange ? "]" : ""}\n)`, order: -order });
    }
    parts.forEach(visit);
  };
  visit(root);
  if (inserts.length === 0) return source.slice(root.from, root.to);
  // Where two stand at one place, the outer one opens first and closes last.
  inserts.sort((left, right) => left.at - right.at || left.order - right.order);
  let bounded = "";
  let from = root.from;
  for (const { at, text } of inserts) {
    bounded += source.slice(from, at) + text;
    from = at;
  }
  return bounded + source.slice(from, root.to);
}
