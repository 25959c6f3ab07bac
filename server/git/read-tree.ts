import { GitFailure, type RunGit } from "./run-git.ts";
import { listCommitFiles, readBlobs } from "./read-commit-files.ts";

/** One file below a tree with its text. */
export interface TreeText {
  readonly path: string;
  readonly text: string;
}

/** What a revision may look like: never an option, never a control character. Git itself decides whether there is such a one. */
const REVISION = /^[\p{L}\p{N}@][^\p{Cc}\s]*$/u;

/**
 * The tree a revision names: a commit, branch or tag (`main`), or a folder of one (`main:definitions`). Null when the text is
 * no revision or the repository does not know it.
 */
export async function findTree(git: RunGit, revision: string): Promise<string | null> {
  if (!REVISION.test(revision)) return null;
  try {
    const printed = await git("rev-parse", ["--verify", "--quiet", "--end-of-options", `${revision}${revision.includes(":") ? "" : "^{tree}"}`]);
    const tree = printed.toString("ascii").trim().split("\n").at(-1) ?? "";
    return (await git("cat-file", ["-t", tree])).toString("ascii").trim() === "tree" ? tree : null;
  } catch (error) {
    if (error instanceof GitFailure && error.exitCode !== null) return null;
    throw error;
  }
}

/** The JSON files below a tree, by path. Refuses what `listCommitFiles` refuses. */
export async function readTreeTexts(git: RunGit, tree: string): Promise<readonly TreeText[]> {
  const files = (await listCommitFiles(git, tree)).filter(({ path }) => path.endsWith(".json"));
  const texts = await readBlobs(git, files);
  return files.map(({ path }, index) => ({ path, text: texts[index] ?? "" }));
}
