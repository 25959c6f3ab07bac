import { GIT_LIMITS } from "./git-limits.ts";
import type { TreeFile } from "./read-commit-files.ts";
import type { RunGit } from "./run-git.ts";

/** Who wrote a commit. */
export interface Signature {
  readonly name: string;
  readonly email: string;
}

/** A commit to be made: the files it differs in from `before`; a text of null takes the file away. */
export interface NewCommit {
  readonly parents: readonly string[];
  readonly before: readonly TreeFile[];
  readonly changes: ReadonlyMap<string, string | null>;
  readonly author: Signature;
  readonly at: string;
  readonly message: string;
}

/** Writes a commit without a working copy and without moving any branch; gives its id. */
export async function writeCommit(git: RunGit, commit: NewCommit): Promise<string> {
  const blobs = new Map(commit.before.map(({ path, blob }) => [path, blob]));
  await Promise.all(
    [...commit.changes].map(async ([path, text]) => {
      if (text === null) blobs.delete(path);
      else blobs.set(path, idOf(await git("hash-object", ["-w", "--stdin"], { input: text })));
    }),
  );
  const tree = await writeTree(git, blobs);
  const { name, email } = commit.author;
  const seconds = String(Math.floor(Date.parse(commit.at) / 1000));
  const env = {
    GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: `${seconds} +0000`,
    GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: `${seconds} +0000`,
  };
  const parents = commit.parents.flatMap((parent) => ["-p", parent]);
  return idOf(await git("commit-tree", [...parents, "--end-of-options", tree], { input: messageText(commit.message), env }));
}

/** Writes the folders from the deepest to the root: one run for each level. */
async function writeTree(git: RunGit, blobs: ReadonlyMap<string, string>): Promise<string> {
  const folders = new Map<string, string[]>([["", []]]);
  const entriesOf = (folder: string): string[] => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    entriesOf(parentOf(folder));
    const entries: string[] = [];
    folders.set(folder, entries);
    return entries;
  };
  for (const [path, blob] of blobs) entriesOf(parentOf(path)).push(`100644 blob ${blob}\t${nameOf(path)}`);

  const depths = [...new Set([...folders.keys()].map(depthOf))].sort((a, b) => b - a);
  let root = "";
  for (const depth of depths) {
    const level = [...folders].filter(([folder]) => depthOf(folder) === depth);
    const input = level.map(([, entries]) => entries.map((entry) => `${entry}\0`).join("")).join("\0");
    const ids = (await git("mktree", ["-z", "--batch"], { input })).toString("ascii").trim().split("\n");
    level.forEach(([folder], index) => {
      const id = ids[index] ?? "";
      if (folder === "") root = id;
      else folders.get(parentOf(folder))?.push(`040000 tree ${id}\t${nameOf(folder)}`);
    });
  }
  return root;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function depthOf(folder: string): number {
  return folder === "" ? 0 : folder.split("/").length;
}

function messageText(message: string): string {
  return `${message.replace(/[^\P{Cc}\n]/gu, " ").trim().slice(0, GIT_LIMITS.messageCharacters)}\n`;
}

function idOf(printed: Buffer): string {
  return printed.toString("ascii").trim();
}
