import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openRepository, type Repository } from "../../../server/git/repository.ts";

export const AUTHOR = { name: "ana", email: "ana@orderloom.invalid" };
export const AT = "2026-11-20T10:00:00.000Z";
export const ENVIRONMENT = { PATH: process.env["PATH"] ?? "" };

/** A folder that is gone when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "orderloom-git-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A bare repository with the branch `main` and one file, and the plain git binary to do to it what our code never would. */
export interface GitStand {
  readonly dir: string;
  readonly repository: Repository;
  /** Runs git as anybody could, on this repository. */
  readonly git: (args: readonly string[], input?: string | Buffer) => string;
  readonly first: string;
}

export async function createGitStand(remote: string | null = null): Promise<GitStand> {
  const dir = join(temporaryFolder(), "definitions.git");
  const repository = await openRepository({ dir, remote, target: "main", environment: ENVIRONMENT });
  const first = await repository.write({ base: null, parents: [], changes: new Map([["release.json", '{ "name": "2026.11.0" }\n']]), author: AUTHOR, at: AT, message: "First" });
  if (!(await repository.move("main", first, null))) throw new Error("main cannot be made");
  return { dir, repository, first, git: (args, input) => rawGit(dir, args, input) };
}

/** Git as it is installed, with an identity and nothing of ours. */
export function rawGit(dir: string, args: readonly string[], input: string | Buffer = ""): string {
  const identity = { GIT_AUTHOR_NAME: "mallory", GIT_AUTHOR_EMAIL: "m@example.com", GIT_COMMITTER_NAME: "mallory", GIT_COMMITTER_EMAIL: "m@example.com" };
  return execFileSync("git", [`--git-dir=${dir}`, ...args], { input, encoding: "utf8", env: { ...ENVIRONMENT, ...identity, GIT_CONFIG_GLOBAL: "/dev/null" } }).trim();
}

/** A commit with these entries, each `mode`, `type`, object and path; made with plumbing, so that it may hold anything. */
export function commitOf({ git }: Pick<GitStand, "git">, entries: readonly (readonly [mode: string, type: string, object: string, path: string])[], parents: readonly string[] = []): string {
  const tree = treeOf(git, entries);
  return git(["commit-tree", ...parents.flatMap((parent) => ["-p", parent]), tree], "a commit\n");
}

function treeOf(git: GitStand["git"], entries: readonly (readonly [string, string, string, string])[]): string {
  const here = entries.filter(([, , , path]) => !path.includes("/"));
  const folders = new Map<string, [string, string, string, string][]>();
  for (const [mode, type, object, path] of entries) {
    const slash = path.indexOf("/");
    if (slash < 0) continue;
    const folder = path.slice(0, slash);
    folders.set(folder, [...(folders.get(folder) ?? []), [mode, type, object, path.slice(slash + 1)]]);
  }
  const trees = [...folders].map(([folder, inside]) => `040000 tree ${treeOf(git, inside)}\t${folder}\0`);
  return git(["mktree", "-z", "--missing"], [...here.map(([mode, type, object, name]) => `${mode} ${type} ${object}\t${name}\0`), ...trees].join(""));
}

export function blobOf({ git }: Pick<GitStand, "git">, text: string | Buffer): string {
  return git(["hash-object", "-w", "--stdin", "--no-filters"], text);
}
