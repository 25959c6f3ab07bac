import { isFeel } from "../feel/compile-value.ts";
import type { InputColumn } from "../language/table-kinds.ts";

/** Columns that look at the same value. */
export interface ColumnGroup {
  /** Places among the input columns. */
  readonly members: readonly number[];
  /** True when an expression in it reads a fact that another group reads as well: then their values depend on each other. */
  readonly correlated: boolean;
}

const PATHS = /[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_][\w-]*)*/g;

/** Groups input columns by what they look at: two that read the same text are one input. */
export function groupColumns(inputs: readonly InputColumn[]): readonly ColumnGroup[] {
  const bySource = new Map<string, number[]>();
  inputs.forEach((column, place) => {
    const source = `${column.type} ${column.in}`;
    const members = bySource.get(source);
    if (members) members.push(place);
    else bySource.set(source, [place]);
  });
  const groups = [...bySource.values()].map((members) => {
    const source = inputs[members[0] ?? 0]?.in ?? "";
    return { members, isExpression: isFeel(source), paths: pathsIn(source) };
  });
  return groups.map(({ members, isExpression, paths }, own) => ({
    members,
    correlated: isExpression && groups.some((other, place) => place !== own && other.paths.some((path) => paths.some((mine) => touches(path, mine)))),
  }));
}

function pathsIn(source: string): readonly string[] {
  if (!isFeel(source)) return [source];
  return [...source.slice(1).replaceAll(/"[^"]*"/g, "").matchAll(PATHS)].map(([path]) => path.replaceAll(/\s/g, "")).filter((path) => path.includes("."));
}

/** True when one path is the other or leads to it. */
function touches(left: string, right: string): boolean {
  return `${left}.`.startsWith(`${right}.`) || `${right}.`.startsWith(`${left}.`);
}
