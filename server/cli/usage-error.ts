/** The command was called in a way it does not know; answered with its usage and exit code 2. */
export class UsageError extends Error {}

/** Something outside the command keeps it from working: a file, a folder, the server. Printed as one line; exit code 2. */
export class EnvironmentError extends Error {}

/** What was handed in is wrong: one line for each problem; exit code 1. */
export class InputError extends Error {
  readonly problems: readonly string[];

  constructor(message: string, problems: readonly string[] = []) {
    super(message);
    this.problems = problems;
  }
}
