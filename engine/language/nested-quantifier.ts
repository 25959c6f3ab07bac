/** What is known of a group while its text is read. */
interface Group {
  /** Something inside may repeat without end. */
  repeats: boolean;
  /** First atoms of its alternatives so far, to see whether two can begin alike. */
  readonly beginnings: string[];
  alternatives: number;
  atStart: boolean;
}

const UNBOUNDED = /^(?:[*+]|\{\d+,\})/;
const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/;

/**
 * True when a pattern repeats without end a group that itself repeats without end, or whose alternatives can begin alike:
 * `(a+)+`, `(a|a)*`, `(.*x)*`. On such patterns backtracking engines may need exponential time. It errs on the safe
 * side: a few harmless patterns, such as `(a+b)+`, are refused too.
 */
export function hasNestedQuantifier(pattern: string): boolean {
  const stack: Group[] = [newGroup()];
  let rest = pattern;
  while (rest !== "") {
    const group = stack.at(-1) as Group;
    if (rest.startsWith("(")) {
      stack.push(newGroup());
      rest = rest.replace(/^\((?:\?(?:P?<[^>]*>|[a-zA-Z-]*:|[a-zA-Z-]*(?=\))))?/, "");
      continue;
    }
    if (rest.startsWith("|")) {
      group.alternatives += 1;
      group.atStart = true;
      rest = rest.slice(1);
      continue;
    }
    let inner: Group | null = null;
    let atom: string;
    if (rest.startsWith(")")) {
      inner = stack.pop() as Group;
      if (stack.length === 0) return false;
      atom = "(";
      rest = rest.slice(1);
    } else {
      atom = atomOf(rest);
      rest = rest.slice(atom.length);
    }
    const outer = stack.at(-1) as Group;
    const quantifier = QUANTIFIER.exec(rest)?.[0] ?? "";
    const unbounded = UNBOUNDED.test(quantifier);
    if (inner && unbounded && (inner.repeats || (inner.alternatives > 1 && overlap(inner.beginnings)))) return true;
    if (outer.atStart) {
      outer.beginnings.push(atom);
      outer.atStart = false;
    }
    if (unbounded || inner?.repeats) outer.repeats = true;
    rest = rest.slice(quantifier.length);
  }
  return false;
}

function newGroup(): Group {
  return { repeats: false, beginnings: [], alternatives: 1, atStart: true };
}

function atomOf(rest: string): string {
  if (rest.startsWith("\\")) return /^\\(?:[pP]\{[^}]*\}|x\{[^}]*\}|[\s\S])/.exec(rest)?.[0] ?? rest.slice(0, 2);
  if (rest.startsWith("[")) return /^\[\^?\]?(?:\\[\s\S]|\[:[^\]]*:\]|[^\]\\])*\]/.exec(rest)?.[0] ?? rest.slice(0, 1);
  return rest.slice(0, 1);
}

/** Two beginnings overlap when they are the same, or when one of them stands for many characters. */
function overlap(beginnings: readonly string[]): boolean {
  const wide = beginnings.some((atom) => atom === "." || atom === "(" || atom.startsWith("[") || /^\\[a-zA-Z]/.test(atom));
  return wide || new Set(beginnings).size < beginnings.length;
}
