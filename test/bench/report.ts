/** One measured figure. */
export interface Figure {
  readonly name: string;
  readonly db: string;
  readonly inFlight: number;
  readonly value: number;
  readonly unit: string;
  readonly [condition: string]: string | number | undefined;
}

/** Prints a figure as one line of JSON. */
export function report(figure: Figure): void {
  process.stdout.write(`${JSON.stringify({ ...figure, value: Math.round(figure.value * 100) / 100 })}\n`);
}
