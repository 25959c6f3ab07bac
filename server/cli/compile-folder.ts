import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { locateProblems, type LocatedDiagnostic } from "../../engine/language/locate-problems.ts";
import { compileTexts, readDefinitionTexts, type CheckOptions, type DefinitionText } from "../load-release.ts";
import { EnvironmentError } from "./usage-error.ts";

/** A folder compiled: the release, or why there is none. Warnings stand beside a release, too. */
export interface CompiledFolder {
  /** Number of JSON files that were read. */
  readonly files: number;
  readonly release: CompiledRelease | null;
  readonly problems: readonly LocatedDiagnostic[];
}

/** Reads and compiles a folder of definitions exactly as the server does at its start, and gives every problem its place. */
export async function compileFolder(dir: string, options: CheckOptions = {}): Promise<CompiledFolder> {
  const texts = await readTexts(dir);
  const loaded = compileTexts(texts, options);
  const found = loaded.ok ? loaded.warnings : loaded.diagnostics;
  const textOf = new Map(texts.map(({ path, text }) => [path, text]));
  const problems = locateProblems(found, (file) => textOf.get(file));
  return { files: texts.length, release: loaded.ok ? loaded.release : null, problems };
}

/** The JSON files below a folder as they stand; throws `EnvironmentError` when there are none. */
export async function readTexts(dir: string): Promise<readonly DefinitionText[]> {
  const texts = await readDefinitionTexts(dir).catch((error: unknown) => {
    throw new EnvironmentError(`The folder ${dir} cannot be read (${error instanceof Error ? error.message : String(error)}); name a folder of definitions.`);
  });
  if (texts.length === 0) throw new EnvironmentError(`There is no definition in ${dir}; name the folder that holds <kind>/<key>.json files.`);
  return texts;
}
