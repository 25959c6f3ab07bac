const HINT = "; correct the name or add the definition.";
/** Beyond this many names, looking for a similar one costs more than it helps. */
const COMPARED_MAX = 500;

/** The end of a sentence about a name that does not exist: `; did you mean "serial"?`, the known names when few, else a hint. */
export function suggest(name: string, known: readonly string[]): string {
  if (known.length === 0) return "; none exists yet.";
  if (known.length > COMPARED_MAX) return HINT;
  const best = nearestName(name, known);
  if (best !== null) return `; did you mean "${best}"?`;
  if (known.length <= 8) return `; known are ${known.join(", ")}.`;
  return HINT;
}

/** The wrong name of a message and the one it suggests instead; null when it suggests none. Reads what `suggest` has written. */
export function suggestedIn(message: string): { readonly wrong: string; readonly name: string } | null {
  const [, wrong, name] = /"([^"]*)"[^"]*; did you mean "([^"]*)"\?/.exec(message) ?? [];
  return wrong === undefined || name === undefined ? null : { wrong, name };
}

/** The known name that differs least from one, when it differs by a slip: a quarter of its letters, and at least two, at most. */
export function nearestName(name: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(name.length / 4)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name, candidate);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + cost));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
