import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import { createSandbox } from "../../../examples/sandbox/create-sandbox.ts";
import { endpointsFor } from "../../../examples/sandbox/endpoints-for.ts";
import { main } from "../../../server/cli/main.ts";
import { readConfig } from "../../../server/config.ts";
import { compileTexts, readDefinitionTexts } from "../../../server/load-release.ts";
import { createIdSource } from "../../../server/new-id.ts";
import { randomCallbackSecret, startServer } from "../../../server/start-server.ts";
import { temporaryFolder } from "../git/git-stand.ts";
import { editAsSpreadsheet } from "./edit-as-spreadsheet.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const TEST_TIMEOUT_MS = 240_000;
const END_TIMEOUT_MS = 90_000;

interface Said {
  readonly code: number;
  readonly text: string;
}

/** A server as `npm start` runs it, with its sandbox and its own repository. */
async function startOwnServer(folder: string): Promise<{ readonly url: string; readonly definitions: string }> {
  const definitions = join(ROOT, "definitions");
  const files = await readDefinitionTexts(definitions);
  const loaded = compileTexts(files);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const configured = readConfig({ PORT: "0", ORDERLOOM_SQLITE_FILE: join(folder, "orders.db"), PATH: process.env["PATH"] });
  if (!configured.ok) throw new Error(configured.problems.join(" "));
  const secret = randomCallbackSecret();
  const nowMs = () => Date.now();
  const sandbox = createSandbox({ secret, now: nowMs, latency: { fieldWork: [50, 100], delivery: [50, 100] } });
  const endpoints = endpointsFor(await sandbox.listen(), [...loaded.release.targetSystems.keys()]);
  const server = await startServer(configured.config, {
    nowMs, newId: createIdSource(nowMs), log: pino({ level: "silent" }), release: loaded.release, folder: { name: definitions, files }, callbackSecrets: [secret], endpoints, webRoot: null,
  });
  onTestFinished(async () => {
    await server.stop();
    await sandbox.close();
  });
  return { url: server.url, definitions };
}

/** Runs one command line of the documentation. */
async function run(line: string, url: string): Promise<Said> {
  const said: string[] = [];
  const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  const code = await main(args.slice(1), {
    print: (text) => said.push(text), complain: (text) => said.push(text), update: () => undefined, paint: (_tone, text) => text, isTty: false,
    now: () => new Date().toISOString(), env: (name) => (name === "ORDERLOOM_URL" ? url : undefined), onInterrupt: () => () => undefined,
  });
  return { code, text: said.join("\n") };
}

describe("the way from a spreadsheet to a release, as the README of server/promotion tells it", () => {
  it("A18, A21, B8: a table is changed in a spreadsheet, reviewed, approved by another and promoted; new orders run on it, one under way stays on the old", async () => {
    // given: a server, an order under way that its field work keeps open, and the commands of the documentation
    const folder = temporaryFolder();
    const { url } = await startOwnServer(folder);
    const post = async (path: string, body: object, persona: string) => {
      const { token } = (await (await fetch(`${url}/demo/token`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ persona }) })).json()) as { token: string };
      const headers = { "Content-Type": "application/json", "Authorization": `Bearer ${token}`, "Idempotency-Key": `"${path}"` };
      expect((await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) })).status).toBe(200);
    };
    const view = async (id: string) => (await (await fetch(`${url}/api/orders/${id}`)).json()) as { internalState: string; release: { name: string }; steps: readonly { taskKey?: string }[] };
    const order = async (file: string) => {
      const { code, text } = await run(`orderloom order ${file} --no-follow`, url);
      expect(code, text).toBe(0);
      return /Order (\S+) was accepted/.exec(text)?.[1] ?? "";
    };
    await post("/api/target-systems/workforce/pause", { reason: "Kept open for the test" }, "support-lead");
    const before = await order("examples/orders/home-fiber.json");

    const readme = readFileSync(join(ROOT, "server/promotion/README.md"), "utf8");
    const lines = (/```bash\n(orderloom draft new[\s\S]*?)```/.exec(readme)?.[1] ?? "").split("\n").map((line) => line.replace(/\s+#.*$/, "").trim()).filter((line) => line.startsWith("orderloom "));
    const here = (line: string) => line.replaceAll("work/", "work").replace(/\bwork\b/g, join(folder, "work")).replaceAll("table.xlsx", join(folder, "table.xlsx"));

    // when: every command runs as it stands there
    const said = new Map<string, Said>();
    let commit = "";
    for (const line of lines) {
      const result = await run(here(line).replace("COMMIT", commit), url);
      said.set(line, result);
      commit = /orderloom approve \S+ ([0-9a-f]+)/.exec(result.text)?.[1] ?? /Commit\s+([0-9a-f]{40})/.exec(result.text)?.[1] ?? commit;
      if (line.startsWith("orderloom sheet export")) {
        const file = join(folder, "table.xlsx");
        writeFileSync(file, editAsSpreadsheet(readFileSync(file), { D6: "FTTH, FTTB", D7: "FTTH, FTTB" }));
      }
    }

    // then: each says what the documentation promises
    const answer = (start: string) => [...said].filter(([line]) => line.startsWith(`orderloom ${start}`)).map(([, { code, text }]) => ({ code, text }));
    expect(answer("sheet import")[0]?.text).toMatch(/technology/);
    expect(answer("draft save")[0]?.text).toMatch(/Home Fiber, decomposition/);
    expect(answer("draft save")[0]?.text).toMatch(/FTTB/);
    expect(answer("test")[0]).toMatchObject({ code: 0, text: expect.stringMatching(/scenarios passed/) as string });
    expect(answer("submit")[0]).toMatchObject({ code: 0, text: expect.stringContaining("SUBMITTED") as string });
    expect(answer("review")[0]?.text, "what the change means for the order under way").toMatch(/1 (open )?order/i);
    const [own, other] = answer("approve");
    expect(own).toMatchObject({ code: 1, text: expect.stringContaining("(four-eyes)") as string });
    expect(other).toMatchObject({ code: 0, text: expect.stringContaining("APPROVED") as string });
    expect(answer("promote")[0]).toMatchObject({ code: 0, text: expect.stringMatching(/^\d{4}\.\d+\.\d+ .* is the release of new orders/m) as string });
    const promotedName = /^(\S+) .* is the release of new orders/m.exec(answer("promote")[0]?.text ?? "")?.[1] ?? "";
    expect(answer("releases")[0]?.text).toContain(`${promotedName} `);
    for (const [line, { code, text }] of said) if (!line.includes("approve")) expect(code, `${line}\n${text}`).toBe(0);

    // and: a new order is decomposed by the new version of the table, the one under way ends on the old
    const after = await order("examples/orders/home-fiber.json");
    await post("/api/target-systems/workforce/resume", { reason: "Go on" }, "support-lead");
    for (const [id, release, version] of [[before, "2026.11.0", 1], [after, promotedName, 2]] as const) {
      const deadline = Date.now() + END_TIMEOUT_MS;
      while ((await view(id)).internalState !== "COMPLETED" && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await view(id)).toMatchObject({ internalState: "COMPLETED", release: { name: release }, items: [{ decomposition: { table: "home-fiber-decomposition", tableVersion: version } }] });
    }
  }, TEST_TIMEOUT_MS);
});
