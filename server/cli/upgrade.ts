import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import { LANGUAGE_VERSION } from "../../engine/language/language-version.ts";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import { knowsLanguage, UPGRADE_STEPS, upgradeDefinitions } from "../../engine/language/upgrade/upgrade-definitions.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import { releaseOptions, RELEASE_FILE } from "../load-release.ts";
import { readTexts } from "./compile-folder.ts";
import { parseArguments } from "./parse-arguments.ts";
import type { Terminal } from "./terminal.ts";
import { InputError } from "./usage-error.ts";

interface ReadFile {
  readonly path: string;
  readonly content: Json;
}

/**
 * `orderloom upgrade [DIR]`: rewrites the definitions of a folder in the language of today, and says so in its release
 * file. What they mean stays the same. Nothing is written unless every file can be read.
 */
export async function upgradeCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals } = parseArguments(args, { values: [], flags: [], positionals: { atLeast: 0, atMost: 1, missing: "" } });
  const dir = positionals[0] ?? "definitions";
  const files = await readFiles(dir);
  const release = files.find(({ path }) => path === RELEASE_FILE)?.content ?? {};
  const { languageVersion } = releaseOptions(release);
  if (!knowsLanguage(languageVersion)) throw new InputError(`The definitions in ${dir} are written in version ${languageVersion} of the language, and this program knows versions 1 to ${LANGUAGE_VERSION}; use a newer program.`);
  if (languageVersion === LANGUAGE_VERSION) {
    terminal.print(terminal.paint("good", `The definitions in ${dir} are written in version ${LANGUAGE_VERSION} of the language, which is today's.`));
    return 0;
  }
  const definitions = files.filter(({ path }) => path !== RELEASE_FILE);
  const upgraded = upgradeDefinitions(definitions.map(({ content }) => content), languageVersion) as readonly Json[];
  const changed = definitions.flatMap(({ path, content }, position) => (upgraded[position] === content ? [] : [{ path, content: upgraded[position] ?? null }]));
  const named: ReadFile = { path: RELEASE_FILE, content: { ...(isJsonObject(release) ? release : {}), languageVersion: LANGUAGE_VERSION } };
  for (const { path, content } of [...changed, named]) {
    await writeFile(join(dir, path), formatDefinition(content));
    terminal.print(join(dir, path));
  }
  for (const { from, change } of UPGRADE_STEPS.slice(languageVersion - 1)) terminal.print(`  ${from} -> ${from + 1}: ${change}`);
  terminal.print(terminal.paint("good", `${changed.length} definitions were upgraded from version ${languageVersion} to ${LANGUAGE_VERSION} of the language.`));
  return 0;
}

async function readFiles(dir: string): Promise<readonly ReadFile[]> {
  const problems: string[] = [];
  const files: ReadFile[] = [];
  for (const { path, text } of await readTexts(dir)) {
    const parsed = parseDefinition(text, path);
    if (parsed.ok) files.push({ path, content: parsed.content });
    else problems.push(...parsed.diagnostics.map(({ code, message }) => `${join(dir, path)} ${code} ${message}`));
  }
  if (problems.length > 0) throw new InputError("Nothing was upgraded, because not every file can be read:", problems);
  return files;
}
