import { parseArgs } from "node:util";
import { UsageError } from "./usage-error.ts";

/** What a command accepts: options with a value, flags, and how many plain arguments. */
export interface ArgumentRules {
  readonly values: readonly string[];
  readonly flags: readonly string[];
  readonly positionals: { readonly atLeast: number; readonly atMost: number; readonly missing: string };
}

export interface Arguments {
  readonly positionals: readonly string[];
  readonly value: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
}

/** Reads the arguments of a command; throws `UsageError` on any it does not know. */
export function parseArguments(args: readonly string[], rules: ArgumentRules): Arguments {
  const options = Object.fromEntries([
    ...rules.values.map((name) => [name, { type: "string" as const }]),
    ...rules.flags.map((name) => [name, { type: "boolean" as const }]),
  ]) as { readonly [name: string]: { readonly type: "string" | "boolean" } };
  const { values, positionals } = parse(args, options);
  if (positionals.length < rules.positionals.atLeast) throw new UsageError(rules.positionals.missing);
  const extra = positionals[rules.positionals.atMost];
  if (extra !== undefined) throw new UsageError(`The argument "${extra}" is one too many.`);
  return {
    positionals,
    value: (name) => (typeof values[name] === "string" ? values[name] : undefined),
    flag: (name) => values[name] === true,
  };
}

function parse(args: readonly string[], options: { readonly [name: string]: { readonly type: "string" | "boolean" } }) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's own message names the option; its second sentence only explains how to escape a dash.
    const message = error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error);
    throw new UsageError(`${message.replace(/\.$/, "")}.`);
  }
}
