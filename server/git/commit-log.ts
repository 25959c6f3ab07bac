import { GIT_LIMITS } from "./git-limits.ts";
import type { RunGit } from "./run-git.ts";
import type { Signature } from "./write-commit.ts";

/** What a commit says about itself. */
export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  /** When it was committed. */
  readonly at: string;
  readonly message: string;
}

const FIELDS = ["%H", "%P", "%an", "%ae", "%cn", "%ce", "%ct", "%B"];

/** Commits reachable from `from` and from none of `without`, the newest first. `paths` keeps those that touch one of these files. */
export async function readCommits(
  git: RunGit, from: string, options: { readonly without?: readonly string[]; readonly paths?: readonly string[]; readonly limit?: number; readonly firstParent?: boolean } = {},
): Promise<readonly Commit[]> {
  const { without = [], paths = [], limit = GIT_LIMITS.commits, firstParent = false } = options;
  const printed = await git("log", [
    "-z", `--format=tformat:${FIELDS.join("%x00")}`, `--max-count=${limit}`, ...(firstParent ? ["--first-parent"] : []), "--topo-order",
    "--end-of-options", from, ...without.map((commit) => `^${commit}`), "--", ...paths.map((path) => `:(literal)${path}`),
  ]);
  const values = printed.toString("utf8").split("\0");
  const commits: Commit[] = [];
  for (let at = 0; at + FIELDS.length <= values.length; at += FIELDS.length) commits.push(toCommit(values.slice(at, at + FIELDS.length)));
  return commits;
}

function toCommit(values: readonly string[]): Commit {
  const [id = "", parents = "", authorName = "", authorEmail = "", committerName = "", committerEmail = "", seconds = "0", message = ""] = values;
  return {
    id,
    parents: parents.split(" ").filter(Boolean),
    author: { name: authorName, email: authorEmail },
    committer: { name: committerName, email: committerEmail },
    at: new Date(Number(seconds) * 1000).toISOString(),
    message: message.trim(),
  };
}
