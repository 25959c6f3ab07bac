import { mkdir, stat } from "node:fs/promises";
import { problem } from "../problems/problem.ts";
import { readCommits, type Commit } from "./commit-log.ts";
import { GIT_LIMITS } from "./git-limits.ts";
import { listCommitFiles, readBlobs, type TreeFile } from "./read-commit-files.ts";
import { branchOfRef, branchRef, requireCommit } from "./ref-names.ts";
import { createRemote, type Remote } from "./remote.ts";
import { createGit, GitFailure, type GitEnvironment } from "./run-git.ts";
import { writeCommit, type NewCommit } from "./write-commit.ts";

/** One file of a commit with its text. */
export interface CommitFile {
  readonly path: string;
  readonly text: string;
}

/** A commit to be made from the files of `base`, or of none; `base` need not be a parent. */
export interface CommitOnBase extends Omit<NewCommit, "before"> {
  readonly base: string | null;
}

export interface BranchHead {
  readonly branch: string;
  readonly commit: string;
}

/**
 * A bare repository: commits are read and written as objects, branches move only from the commit they are known to be at.
 * With a remote, the remote's branches are the truth: a branch moves there first.
 */
export interface Repository {
  /** The commit a branch is at, or null when there is no such branch. */
  readonly head: (branch: string) => Promise<string | null>;
  /** All branches below a prefix such as `refs/heads/draft/`; references whose names are none of ours are left out. */
  readonly branches: (prefix: string) => Promise<readonly BranchHead[]>;
  readonly files: (commit: string) => Promise<readonly TreeFile[]>;
  /** The JSON files of a commit with their texts, by path. */
  readonly texts: (commit: string) => Promise<readonly CommitFile[]>;
  readonly commits: (from: string, options?: Parameters<typeof readCommits>[2]) => Promise<readonly Commit[]>;
  /** The newest commit both have; null when they have none, which only strangers have. */
  readonly mergeBase: (one: string, other: string) => Promise<string | null>;
  /** True when the commit is in this repository. */
  readonly has: (commit: string) => Promise<boolean>;
  /** Writes a commit that belongs to no branch yet. */
  readonly write: (commit: CommitOnBase) => Promise<string>;
  /** Moves a branch if it is still where it is expected (null: it does not exist yet) and nothing of it is lost; false when somebody else moved it. */
  readonly move: (branch: string, to: string, expected: string | null) => Promise<boolean>;
  /** Takes a branch away that is still where it is expected; its commits stay under `refs/orderloom/closed`. */
  readonly close: (branch: string, expected: string) => Promise<boolean>;
  /** Takes over what the remote has; without a remote there is nothing to do. */
  readonly refresh: () => Promise<void>;
}

export interface RepositorySettings {
  readonly dir: string;
  readonly remote: string | null;
  /** The branch whose commits are released. */
  readonly target: string;
  readonly environment: GitEnvironment;
}

const NOWHERE = "0".repeat(40);
const CLOSED = "refs/orderloom/closed/";

/** Opens the repository in a folder and makes it when there is none. */
export async function openRepository({ dir, remote: address, target, environment }: RepositorySettings): Promise<Repository> {
  const git = createGit(dir, environment);
  if (!(await isFolder(dir))) {
    await mkdir(dir, { recursive: true });
    await git("init", ["--bare", "--quiet", "--template=", `--initial-branch=${target}`]);
  }
  const remote: Remote | null = address === null ? null : createRemote(git, address, target);
  const listings = new Map<string, Promise<readonly TreeFile[]>>();
  const readings = new Map<string, Promise<readonly CommitFile[]>>();

  const files = (commit: string) => remember(listings, GIT_LIMITS.rememberedListings, requireCommit(commit), () => listCommitFiles(git, commit));

  async function updateRef(ref: string, args: readonly string[]): Promise<boolean> {
    try {
      await git("update-ref", ["--no-deref", ...args]);
      return true;
    } catch (error) {
      // Git refuses both a stale expectation and a lock that somebody else holds; either way it was not us who moved it.
      if (error instanceof GitFailure && error.exitCode !== null && /cannot lock ref|reference already exists|is at .* but expected/.test(error.message)) return false;
      throw new Error(`${ref} cannot be moved`, { cause: error });
    }
  }

  async function isAncestor(older: string, newer: string): Promise<boolean> {
    return answers(() => git("merge-base", ["--is-ancestor", "--end-of-options", older, newer]), 1);
  }

  const repository: Repository = {
    files,
    async head(branch) {
      const ref = branchRef(branch);
      return (await repository.branches(ref)).find((each) => each.branch === branch)?.commit ?? null;
    },
    async branches(prefix) {
      const printed = await git("for-each-ref", ["--format=%(objectname) %(refname)", "--end-of-options", prefix]);
      return printed.toString("utf8").split("\n").flatMap((line) => {
        const [commit = "", ref = ""] = line.split(" ");
        const branch = branchOfRef(ref);
        return branch === null ? [] : [{ branch, commit }];
      });
    },
    texts: (commit) =>
      remember(readings, GIT_LIMITS.rememberedCommits, requireCommit(commit), async () => {
        const json = (await files(commit)).filter(({ path }) => path.endsWith(".json"));
        const texts = await readBlobs(git, json);
        return json.map(({ path }, index) => ({ path, text: texts[index] ?? "" }));
      }),
    commits: (from, options) => readCommits(git, from, options),
    async mergeBase(one, other) {
      try {
        return (await git("merge-base", ["--end-of-options", requireCommit(one), requireCommit(other)])).toString("ascii").trim();
      } catch (error) {
        if (error instanceof GitFailure && error.exitCode === 1) return null;
        throw error;
      }
    },
    has: (commit) => answers(() => git("cat-file", ["-e", `${requireCommit(commit)}^{commit}`]), 1, 128),
    write: async ({ base, ...commit }) => writeCommit(git, { ...commit, before: base === null ? [] : await files(base) }),
    async move(branch, to, expected) {
      const ref = branchRef(branch);
      if (expected !== null && !(await isAncestor(expected, to))) throw problem("not-fast-forward", "The new commit does not contain what the branch holds; take that in first.");
      if (remote !== null && !(await remote.push(ref, to, expected))) {
        await repository.refresh();
        return false;
      }
      return updateRef(ref, ["--create-reflog", "-m", "orderloom", "--end-of-options", ref, to, expected ?? NOWHERE]);
    },
    async close(branch, expected) {
      const ref = branchRef(branch);
      if (remote !== null && !(await remote.remove(ref, expected))) return false;
      await git("update-ref", ["--end-of-options", `${CLOSED}${branch}`, expected]);
      return updateRef(ref, ["-d", "--end-of-options", ref, expected]);
    },
    async refresh() {
      await remote?.fetch();
    },
  };
  return repository;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}

/** True when the run succeeds, false when it ends with one of these codes. */
async function answers(run: () => Promise<unknown>, ...no: readonly number[]): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (error instanceof GitFailure && error.exitCode !== null && no.includes(error.exitCode)) return false;
    throw error;
  }
}

/** Keeps the newest few answers; a failed one is asked again. */
function remember<T>(known: Map<string, Promise<T>>, kept: number, key: string, ask: () => Promise<T>): Promise<T> {
  const found = known.get(key);
  if (found !== undefined) return found;
  const asked = ask();
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  for (const oldest of known.keys()) {
    if (known.size <= kept) break;
    known.delete(oldest);
  }
  return asked;
}
