import { problem } from "../problems/problem.ts";
import { DRAFT_REFS, branchRef, requireRemote } from "./ref-names.ts";
import { GitFailure, type RunGit } from "./run-git.ts";

/** The repository that several machines and the review pages of a Git host share. */
export interface Remote {
  /** Moves a branch of the remote that is still where it is expected; false when it is not. */
  readonly push: (ref: string, to: string, expected: string | null) => Promise<boolean>;
  readonly remove: (ref: string, expected: string) => Promise<boolean>;
  /** Takes over drafts and target branch. A target that does not contain ours is refused: somebody rewrote it. */
  readonly fetch: () => Promise<void>;
}

const REMOTE_TARGET = "refs/orderloom/remote/target";

/** Talks to the remote at an address that `requireRemote` accepts. */
export function createRemote(git: RunGit, address: string, target: string): Remote {
  const url = requireRemote(address);
  const targetRef = branchRef(target);

  async function push(ref: string, what: string, expected: string | null): Promise<boolean> {
    try {
      await git("push", ["--quiet", "--no-verify", `--force-with-lease=${ref}:${expected ?? ""}`, "--end-of-options", url, `${what}:${ref}`], { remote: true });
      return true;
    } catch (error) {
      if (error instanceof GitFailure && error.exitCode === 1 && /rejected|stale info|fetch first|failed to push/.test(error.message)) return false;
      throw away(error);
    }
  }

  return {
    push,
    remove: (ref, expected) => push(ref, "", expected),
    async fetch() {
      try {
        const heads = (await git("ls-remote", ["--heads", "--end-of-options", url, targetRef], { remote: true })).toString("utf8");
        const target = heads.trim() === "" ? [] : [`+${targetRef}:${REMOTE_TARGET}`];
        await git("fetch", ["--quiet", "--no-tags", "--prune", "--no-write-fetch-head", "--end-of-options", url, `+${DRAFT_REFS}*:${DRAFT_REFS}*`, ...target], { remote: true });
        if (target.length === 0) return;
      } catch (error) {
        throw away(error);
      }
      await followTarget();
    },
  };

  async function followTarget(): Promise<void> {
    const ids = (await git("for-each-ref", ["--format=%(objectname) %(refname)", "--end-of-options", targetRef, REMOTE_TARGET])).toString("utf8").split("\n");
    const at = (ref: string) => ids.find((line) => line.endsWith(` ${ref}`))?.split(" ")[0] ?? null;
    const ours = at(targetRef);
    const theirs = at(REMOTE_TARGET);
    if (theirs === null || ours === theirs) return;
    if (ours !== null) {
      const base = (await git("merge-base", ["--end-of-options", ours, theirs]).catch(() => Buffer.from(""))).toString("ascii").trim();
      if (base === theirs) return;
      if (base !== ours) throw problem("not-fast-forward", `The branch ${target} of the remote no longer contains what was released from it; restore it there.`);
    }
    await git("update-ref", ["--create-reflog", "-m", "remote", "--end-of-options", targetRef, theirs, ours ?? "0".repeat(40)]);
  }
}

/** What callers learn; the reason stays in the log, as the cause. */
function away(error: unknown): unknown {
  if (!(error instanceof GitFailure)) return error;
  return Object.assign(problem("unavailable", "The repository of definitions cannot be reached; send the same request again after a moment."), { cause: error });
}
