import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import { readTexts } from "./compile-folder.ts";
import { parseArguments } from "./parse-arguments.ts";
import type { Terminal } from "./terminal.ts";
import { InputError } from "./usage-error.ts";

/**
 * `orderloom format [DIR]`: gives every JSON file of a folder of definitions its canonical text, layout and release files
 * too. With `--check` it writes nothing and ends with 1 when a file is not canonical. A file that is no JSON is named, and
 * then nothing is written at all.
 */
export async function formatCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, flag } = parseArguments(args, { values: [], flags: ["check"], positionals: { atLeast: 0, atMost: 1, missing: "" } });
  const dir = positionals[0] ?? "definitions";
  const texts = await readTexts(dir);
  const problems: string[] = [];
  const stale: { readonly path: string; readonly text: string }[] = [];
  for (const { path, text } of texts) {
    const parsed = parseDefinition(text, path);
    if (!parsed.ok) problems.push(...parsed.diagnostics.map(({ code, message }) => `${join(dir, path)} ${code} ${message}`));
    else if (formatDefinition(parsed.content) !== text) stale.push({ path: join(dir, path), text: formatDefinition(parsed.content) });
  }
  if (problems.length > 0) throw new InputError("Nothing was formatted, because not every file can be read:", problems);
  for (const { path, text } of stale) {
    if (!flag("check")) await writeFile(path, text);
    terminal.print(path);
  }
  if (stale.length === 0) terminal.print(terminal.paint("good", `${texts.length} files are canonical.`));
  else if (flag("check")) terminal.print(terminal.paint("bad", `${stale.length} of ${texts.length} files are not canonical; run "orderloom format".`));
  else terminal.print(terminal.paint("good", `${stale.length} of ${texts.length} files were formatted.`));
  return flag("check") && stale.length > 0 ? 1 : 0;
}
