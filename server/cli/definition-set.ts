import { stat } from "node:fs/promises";
import { definitionSchemas } from "../../engine/language/definition-schemas.ts";
import type { Definition } from "../../engine/language/kinds.ts";
import { findTree, readTreeTexts } from "../git/read-tree.ts";
import { createGit, findGitDir, GitFailure } from "../git/run-git.ts";
import type { DefinitionText } from "../load-release.ts";
import { Problem } from "../problems/problem.ts";
import { readDefinitionFiles } from "../promotion/definition-files.ts";
import { readTexts } from "./compile-folder.ts";
import type { Terminal } from "./terminal.ts";
import { EnvironmentError, InputError } from "./usage-error.ts";

/** The folder of a revision that is meant when none is named. */
const FOLDER = "definitions";

/**
 * The definitions a person names: a folder as it stands, or a Git revision of the repository around the working folder
 * (`main`, `v1:definitions`). They need not be sound, because drafts and old revisions may not be, but each must say what it
 * is; `InputError` otherwise.
 */
export async function readDefinitionSet(name: string, terminal: Terminal): Promise<readonly Definition[]> {
  const texts = (await isFolder(name)) ? await readTexts(name) : await readRevision(name, terminal);
  const { definitions, diagnostics } = readDefinitionFiles(texts);
  const unknown = [...definitions.values()].filter(({ kind }) => !Object.hasOwn(definitionSchemas, kind));
  const problems = [
    ...diagnostics.map(({ file, path, code, message }) => `${file}${path} ${code} ${message}`),
    ...unknown.map(({ path, kind }) => `${path} unknown-kind The kind "${kind}" does not exist; use one of ${Object.keys(definitionSchemas).join(", ")}.`),
  ];
  if (problems.length > 0) throw new InputError(`${name} cannot be compared:`, problems);
  return [...definitions.values()].map(({ content }) => content as unknown as Definition);
}

async function readRevision(name: string, terminal: Terminal): Promise<readonly DefinitionText[]> {
  const environment = Object.fromEntries(["PATH", "HOME"].flatMap((variable) => [[variable, terminal.env(variable) ?? ""]]));
  try {
    const gitDir = await findGitDir(".", environment);
    if (gitDir === null) throw new EnvironmentError(`${name} is no folder, and there is no Git repository here; name two folders or run it in a repository.`);
    const git = createGit(gitDir, environment);
    const tree = name.includes(":") ? await findTree(git, name) : ((await findTree(git, `${name}:${FOLDER}`)) ?? (await findTree(git, name)));
    if (tree === null) throw new EnvironmentError(`${name} is neither a folder nor a revision of this repository, such as main or main:definitions.`);
    return await readTreeTexts(git, tree);
  } catch (error) {
    if (error instanceof Problem) throw new InputError(`${name}: ${error.message}`);
    if (error instanceof GitFailure) throw new EnvironmentError(`${name} cannot be read: ${error.message}.`);
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}
