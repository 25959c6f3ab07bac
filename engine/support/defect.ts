/**
 * A defect of ours: a state that the machines forbid or data that a compiled release cannot contain. The unit of work
 * rolls back, quarantines the input with this message, and goes on with its neighbours.
 */
export class Defect extends Error {
  override readonly name = "Defect";
}

/** The value, or a defect that says what is missing. */
export function required<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Defect(`${what} is missing`);
  return value;
}
