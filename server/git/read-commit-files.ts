import { problem } from "../problems/problem.ts";
import { GIT_LIMITS } from "./git-limits.ts";
import type { RunGit } from "./run-git.ts";

/** One file of a commit: where it is, and the id of its content. */
export interface TreeFile {
  readonly path: string;
  readonly blob: string;
  readonly bytes: number;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const ENTRY = /^(\d{6}) (\w+) ([0-9a-f]+) +(\d+|-)\t(.+)$/s;
const REGULAR = new Set(["100644", "100755"]);
const LARGE_FILE_POINTER = "version https://git-lfs.github.com/spec/";

/**
 * The files of a commit, by path. Nothing is checked out: a commit that holds what could harm a working copy or mean
 * something else elsewhere (a link, a submodule, `.git` in a path, two paths that differ only in case, too much of
 * anything) is refused as `repository-invalid`.
 */
export async function listCommitFiles(git: RunGit, commit: string): Promise<readonly TreeFile[]> {
  const listed = decode(await git("ls-tree", ["-r", "-z", "-l", "--full-tree", "--end-of-options", commit]), "The name of a file");
  const files = listed.split("\0").filter((line) => line !== "").map(readEntry);
  if (files.length > GIT_LIMITS.files) throw invalid(`The commit holds more than ${GIT_LIMITS.files} files; keep definitions in a repository of their own.`);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > GIT_LIMITS.commitBytes) throw invalid(`The files of the commit are larger than ${GIT_LIMITS.commitBytes} bytes together.`);
  refuseCollisions(files);
  return files;
}

/** The texts of files, in their order. */
export async function readBlobs(git: RunGit, files: readonly TreeFile[]): Promise<readonly string[]> {
  if (files.length === 0) return [];
  const bytes = await git("cat-file", ["--batch"], { input: files.map(({ blob }) => `${blob}\n`).join("") });
  const texts: string[] = [];
  let at = 0;
  for (const { path } of files) {
    const lineEnd = bytes.indexOf(0x0a, at);
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(bytes.toString("latin1", at, lineEnd))?.[1] ?? Number.NaN);
    if (!Number.isInteger(size)) throw invalid(`The content of ${path} is missing in the repository; fetch it completely.`);
    const text = decode(bytes.subarray(lineEnd + 1, lineEnd + 1 + size), path);
    if (text.startsWith(LARGE_FILE_POINTER)) throw invalid(`${path} is a pointer of Git LFS, not the file; store definitions in Git itself.`);
    texts.push(text);
    at = lineEnd + 1 + size + 1;
  }
  return texts;
}

function readEntry(line: string): TreeFile {
  const [, mode = "", type, blob = "", size, path = ""] = ENTRY.exec(line) ?? [];
  if (type === "commit") throw invalid(`${path} is a submodule; store the files themselves.`);
  if (mode === "120000") throw invalid(`${path} is a symbolic link; store the file itself.`);
  if (type !== "blob" || !REGULAR.has(mode)) throw invalid(`${path || "An entry"} is no regular file.`);
  checkPath(path);
  const bytes = Number(size);
  if (bytes > GIT_LIMITS.fileBytes) throw invalid(`${path} is larger than ${GIT_LIMITS.fileBytes} bytes; split it.`);
  return { path, blob, bytes };
}

function checkPath(path: string): void {
  if (path.length > GIT_LIMITS.pathCharacters) throw invalid(`A path is longer than ${GIT_LIMITS.pathCharacters} characters; shorten it.`);
  if (/[\p{Cc}\\:]/u.test(path)) throw invalid("A path holds a control character, a backslash or a colon; rename the file.");
  const reserved = path.split("/").find((part) => part === "" || part === "." || part === ".." || /^(?:\.git|git~1)/i.test(part.replaceAll("\u200C", "")) && !/^\.git(?:ignore|attributes|keep)$/.test(part));
  if (reserved !== undefined) throw invalid(`The path ${path} belongs to Git itself or leaves the repository; rename the file.`);
}

function refuseCollisions(files: readonly TreeFile[]): void {
  const seen = new Map<string, string>();
  for (const { path } of files) {
    const folded = path.normalize("NFKC").toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined) throw invalid(`${other} and ${path} are the same file on some machines; rename one.`);
    seen.set(folded, path);
  }
}

function decode(bytes: Uint8Array, what: string): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw invalid(`${what} is not UTF-8; save it in UTF-8.`);
  }
}

function invalid(detail: string): ReturnType<typeof problem> {
  return problem("repository-invalid", detail);
}
