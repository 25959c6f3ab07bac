import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A port nobody uses at the moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject).listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "orderloom-"));
}

/** A process of the product, with what it has printed. */
export interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Ends it at once, as a power cut would. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<number | null>;
}

/** Starts one of the product's processes from its TypeScript source and waits until `ready` answers. */
export async function start(entry: string, env: { readonly [name: string]: string }, ready: () => Promise<boolean>): Promise<Running> {
  const child = spawn(process.execPath, ["--import", "tsx", entry], { cwd: ROOT, env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...env } });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text = (text + chunk.toString("utf8")).slice(-200_000)));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  const running: Running = { child, output: () => text, kill: async () => void (await end("SIGKILL")), stop: () => end("SIGTERM") };
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${entry} ended with ${child.exitCode} before it was ready:\n${text}`);
    if (await ready().catch(() => false)) return running;
    await pause(100);
  }
  await running.kill();
  throw new Error(`${entry} was not ready in time:\n${text}`);
}

export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
