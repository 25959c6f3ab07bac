import type { DefinitionWords } from "../../engine/diff/describe-diff.ts";
import type { Terminal } from "./terminal.ts";

/** What changes, definition by definition: the summary, and below it the single changes where it only counts them. */
export function printDefinitionWords(definitions: readonly DefinitionWords[], terminal: Terminal): void {
  for (const { summary, details } of definitions) {
    for (const words of summary) terminal.print(`  ${words}`);
    if (details.length > 1) for (const words of details) terminal.print(`    ${words}`);
  }
}
