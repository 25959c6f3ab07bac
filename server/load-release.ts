import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { compile, type CompileOptions } from "../engine/language/compile.ts";
import type { CompiledRelease } from "../engine/language/compiled-release.ts";
import type { Diagnostic } from "../engine/language/diagnostic.ts";
import { parseDefinition } from "../engine/language/parse-definition.ts";
import { isJsonObject, type Json } from "../engine/support/json.ts";

/** Name of a release whose folder does not name one. */
const UNNAMED = "unnamed";

/** The file of a definitions folder that names the release; it is no definition itself. */
export const RELEASE_FILE = "release.json";

export type LoadedRelease =
  | { readonly ok: true; readonly release: CompiledRelease; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** What a check may know beyond the files. */
export type CheckOptions = Omit<CompileOptions, "name">;

/** One definition file as text, with its path inside the folder. */
export interface DefinitionText {
  readonly path: string;
  readonly text: string;
}

/** Every JSON file below a folder, sorted by path. Throws what the file system throws. */
export async function readDefinitionTexts(dir: string): Promise<readonly DefinitionText[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".json")).map((entry) => join(entry.parentPath, entry.name));
  const texts = files.sort().map(async (file) => ({ path: relative(dir, file).replaceAll("\\", "/"), text: await readFile(file, "utf8") }));
  return Promise.all(texts);
}

/** Parses and compiles definition files into a release; all problems of all files are reported together. */
export function compileTexts(texts: readonly DefinitionText[], options: CheckOptions = {}): LoadedRelease {
  const files: { path: string; content: Json }[] = [];
  const diagnostics: Diagnostic[] = [];
  let named: Json = {};
  for (const { path, text } of texts) {
    const parsed = parseDefinition(text, path);
    if (!parsed.ok) diagnostics.push(...parsed.diagnostics);
    else if (path === RELEASE_FILE) named = parsed.content;
    else files.push({ path, content: parsed.content });
  }
  return diagnostics.length > 0 ? { ok: false, diagnostics } : compile(files, { ...options, ...releaseOptions(named) });
}

/** What the release file says of a folder. One that names no language is older than the first change of it. */
export function releaseOptions(content: Json): { readonly name: string; readonly languageVersion: number } {
  const { name, languageVersion } = isJsonObject(content) ? content : {};
  return { name: typeof name === "string" ? name : UNNAMED, languageVersion: languageVersion === undefined ? 1 : Number(languageVersion) };
}
