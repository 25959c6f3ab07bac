import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { openBench, SECRET, type Bench } from "./sandbox-bench.ts";

const MAIN = fileURLToPath(new URL("../../examples/sandbox/main.ts", import.meta.url));
let bench: Bench;
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await bench.close();
});

/** Starts the sandbox as its own process; resolves to its address, or to what it complained about. */
function start(env: { readonly [name: string]: string }): Promise<{ child: ChildProcess; url: string; error: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN], { env: { ...process.env, SANDBOX_PORT: "0", SANDBOX_CALLBACK_SECRET: SECRET, ...env } });
  children.push(child);
  return new Promise((resolve) => {
    let error = "";
    child.stderr?.on("data", (chunk: Buffer) => (error += chunk.toString()));
    child.stdout?.on("data", (chunk: Buffer) => resolve({ child, url: /http:\S+/.exec(chunk.toString())?.[0] ?? "", error }));
    child.on("exit", () => resolve({ child, url: "", error }));
  });
}

const exitOf = (child: ChildProcess) => new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));

describe("the sandbox as a process", () => {
  it("loses neither effects nor callbacks when it is killed, and leaves politely when asked", async () => {
    bench = await openBench();
    const env = { SANDBOX_JOURNAL: join(bench.folder, "journal.jsonl") };
    const headers = { "x-callback-url": bench.callbackUrl("workforce") };
    const post = async (url: string, key: string) => (await fetch(`${url}/workforce/perform-work`, { method: "POST", headers: { ...headers, "idempotency-key": key }, body: '{"request":{}}' })).status;

    const first = await start(env);
    const killed = exitOf(first.child);
    expect(await Promise.all(["a", "b", "c"].map((key) => post(first.url, key)))).toEqual([202, 202, 202]);
    first.child.kill("SIGKILL"); // field work takes a second or two: nothing was called back yet
    expect([await killed, bench.received]).toEqual(["SIGKILL", []]);

    const second = await start(env);
    const { total, repeated } = (await (await fetch(`${second.url}/sandbox/effects`)).json()) as { total: number; repeated: string[] };
    expect([total, repeated]).toEqual([3, []]);
    expect(new Set((await bench.arrived(3)).map((message) => message.body["idempotencyKey"]))).toEqual(new Set(["a", "b", "c"]));

    const left = exitOf(second.child);
    second.child.kill("SIGTERM");
    expect(await left).toBe(0);
  });

  it.each([
    ["SANDBOX_PORT", "many"], ["SANDBOX_CALLBACK_SECRET", "whsec_short"], ["SANDBOX_EFFECTS", "billing=sometimes"], ["SANDBOX_FAULTS", "/no/such/file"],
  ])("refuses to start with a wrong %s", async (name, value) => {
    bench = await openBench();
    const { child, error } = await start({ [name]: value });
    expect([child.exitCode, error.split("\n")[0]]).toEqual([78, expect.stringContaining(name)]);
  });
});
