import { execFile } from "node:child_process";
import { GIT_LIMITS } from "./git-limits.ts";
import { limitConcurrency } from "./limit-concurrency.ts";

/** Why a run of git came to nothing. `exitCode` is null when git did not end by itself. */
export class GitFailure extends Error {
  readonly exitCode: number | null;

  constructor(command: string, exitCode: number | null, reason: string) {
    super(`git ${command}: ${reason}`);
    this.exitCode = exitCode;
  }
}

export interface RunOptions {
  /** What git reads from its standard input. */
  readonly input?: string | Buffer;
  /** Variables of this run alone: who writes a commit, and when. */
  readonly env?: { readonly [name: string]: string };
  /** True when the run talks to a remote: it may take longer. */
  readonly remote?: boolean;
}

/** Runs git on one repository: a command, its arguments one by one, the bytes it printed. */
export type RunGit = (command: string, args: readonly string[], options?: RunOptions) => Promise<Buffer>;

/** What git may know of the process it runs in: where programs are, and how to prove who we are to a remote. */
export type GitEnvironment = { readonly [name: string]: string };

/** Settings of every run. What a repository, a machine or a user has configured cannot make git run anything. */
const SETTINGS = [
  "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.logAllRefUpdates=always", "gc.auto=0", "maintenance.auto=false", "submodule.recurse=false",
  "fetch.fsckObjects=true", "fetch.recurseSubmodules=false", "push.recurseSubmodules=no",
  "protocol.allow=never", "protocol.https.allow=always", "protocol.ssh.allow=always", "protocol.file.allow=always",
];

const ISOLATION = { GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", GIT_TERMINAL_PROMPT: "0", GIT_NO_REPLACE_OBJECTS: "1", LC_ALL: "C" };

/**
 * The git binary, called without a shell: arguments are handed over one by one, no hook runs, no pager, no prompt, no setting
 * of the machine, and only the transports https, ssh and file. A run that takes too long or prints too much is ended. Throws
 * `GitFailure`.
 */
export function createGit(gitDir: string, environment: GitEnvironment): RunGit {
  const turn = limitConcurrency(GIT_LIMITS.concurrentRuns);
  const before = [`--git-dir=${gitDir}`, "--no-pager", ...SETTINGS.flatMap((setting) => ["-c", setting])];
  return (command, args, options = {}) => turn(() => run(command, [...before, command, ...args], options, { ...environment, ...ISOLATION, ...options.env }));
}

/** The repository a folder is in, or null when it is in none. */
export async function findGitDir(folder: string, environment: GitEnvironment): Promise<string | null> {
  try {
    const printed = await run("rev-parse", ["-C", folder, "rev-parse", "--absolute-git-dir"], {}, { ...environment, ...ISOLATION });
    return printed.toString("utf8").trim();
  } catch (error) {
    if (error instanceof GitFailure && error.exitCode === 128) return null;
    throw error;
  }
}

function run(command: string, args: readonly string[], { input = "", remote = false }: RunOptions, env: GitEnvironment): Promise<Buffer> {
  const timeout = remote ? GIT_LIMITS.remoteRunMs : GIT_LIMITS.runMs;
  return new Promise((resolve, reject) => {
    const child = execFile("git", [...args], { env, timeout, killSignal: "SIGKILL", maxBuffer: GIT_LIMITS.outputBytes, encoding: "buffer", windowsHide: true }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new GitFailure(command, typeof error.code === "number" ? error.code : null, reasonOf(error, stderr.toString("utf8"), timeout)));
    });
    // Git may end before it has read everything; its exit code says why.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

function reasonOf(error: Error & { readonly code?: unknown; readonly killed?: boolean }, stderr: string, timeout: number): string {
  if (error.code === "ENOENT") return "the program git is not installed";
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return `it printed more than ${GIT_LIMITS.outputBytes} bytes`;
  if (error.killed === true) return `it took longer than ${timeout} ms`;
  return withoutCredentials(stderr.trim().split("\n").slice(0, 3).join("; ")) || error.message;
}

/** A remote's address may carry a password; nobody reads that in a log. */
function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/@\s]+@/g, "//");
}
