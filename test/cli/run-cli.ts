import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { main } from "../../server/cli/main.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BIN = fileURLToPath(new URL("../../server/cli/orderloom.mjs", import.meta.url));

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command in a process of its own, in the root of the repository. */
export function runCli(...args: readonly string[]): Promise<CliRun> {
  return runCliIn(ROOT, ...args);
}

/** The same in another folder. */
export function runCliIn(cwd: string, ...args: readonly string[]): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd, env: { ...process.env, NO_COLOR: "1" } });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs the same command inside this process, for tables of cases: no second start of Node for each. */
export async function runMain(...args: readonly string[]): Promise<CliRun> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const code = await main(args, {
    print: (line) => stdout.push(`${line}\n`),
    complain: (line) => stderr.push(`${line}\n`),
    update: () => undefined,
    paint: (_tone, text) => text,
    isTty: false,
    now: () => new Date().toISOString(),
    env: (name) => (name === "PATH" ? process.env[name] : undefined),
    onInterrupt: () => () => undefined,
  });
  return { code, stdout: stdout.join(""), stderr: stderr.join("") };
}
