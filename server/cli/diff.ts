import { describeDefinitions } from "../../engine/diff/describe-diff.ts";
import { diffDefinitions } from "../../engine/diff/diff-definitions.ts";
import { diffToMarkdown } from "../../engine/diff/diff-to-markdown.ts";
import { readDefinitionSet } from "./definition-set.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printDefinitionWords } from "./print-definition-words.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const FORMATS: ReadonlySet<string> = new Set(["text", "markdown", "json"]);

/**
 * `orderloom diff BEFORE AFTER`: what changes between two sets of definitions, in business words. Ends with 0 whether or not
 * anything does; the JSON is the diff as programs read it, with the words beside it.
 */
export async function diffCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals: [before = "", after = ""], value } = parseArguments(args, {
    values: ["format"], flags: [], positionals: { atLeast: 2, atMost: 2, missing: "Name what to compare: two folders or Git revisions." },
  });
  const format = value("format") ?? "text";
  if (!FORMATS.has(format)) throw new UsageError(`The format "${format}" is not known; use text, markdown or json.`);
  const [old, now] = [await readDefinitionSet(before, terminal), await readDefinitionSet(after, terminal)];
  const diff = diffDefinitions(old, now);
  const words = describeDefinitions(diff);
  if (format === "json") terminal.print(JSON.stringify({ before, after, words, diff }, null, 2));
  else if (format === "markdown") terminal.print(diffToMarkdown(diff, { before, after }).trimEnd());
  else if (words.length === 0) terminal.print("Nothing changes.");
  else printDefinitionWords(words, terminal);
  return 0;
}
