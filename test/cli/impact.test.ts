import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../server/store/database.ts";
import { createImpactDesk, LONGER, SHORTER, type ImpactDesk } from "../server/api/impact-desk.ts";
import { freshSqlite } from "../support/fresh-database.ts";
import { runMain } from "./run-cli.ts";

async function open(): Promise<{ readonly desk: ImpactDesk; readonly server: readonly string[] }> {
  const { url, remove } = freshSqlite();
  const database = openDatabase(url);
  await database.migrate();
  onTestFinished(async () => {
    await database.close();
    await remove();
  });
  const desk = await createImpactDesk(database);
  await desk.begin("o1", "a");
  await desk.begin("o2");
  return { desk, server: ["--url", desk.url, "--token", await desk.token("senior-operations")] };
}

describe("orderloom impact", () => {
  it("asks a running server about a published release and says it in words", async () => {
    const { server } = await open();
    const { code, stdout } = await runMain("impact", "--against", SHORTER.digest, ...server);
    expect(code).toBe(0);
    expect(stdout).toContain("0 unaffected, 0 could adopt it, 2 blocked.");
    expect(stdout).toMatch(/done-task-removed +Work that was done is not in the release's plan/);
  });

  it("looks at exported orders without a server, against a folder, and gives the same as Markdown and as JSON", async () => {
    const { server } = await open();
    const folder = mkdtempSync(join(tmpdir(), "orderloom-impact-"));
    const exported = await runMain("export-orders", ...server);
    expect(exported.stderr).toContain("2 open orders with personal data");
    const file = join(folder, "orders.ndjson");
    writeFileSync(file, exported.stdout);
    const proposed = join(folder, "definitions");
    for (const definition of LONGER.definitions) {
      mkdirSync(join(proposed, definition.kind), { recursive: true });
      writeFileSync(join(proposed, definition.kind, `${definition.key}.json`), JSON.stringify(definition));
    }

    const markdown = await runMain("impact", "--against", proposed, "--orders", file, "--format", "markdown");
    expect(markdown.stdout).toContain("| 2 | task-added | o1, o2 |");
    expect(markdown.stdout).toContain("succeeds after 0 s, the median of 1 recorded");
    const json = await runMain("impact", "--against", proposed, "--orders", file, "--format", "json");
    expect(JSON.parse(json.stdout)).toMatchObject({ orders: 2, classes: { "could-adopt": { orders: 2, sampleOrderIds: ["o1", "o2"] } } });

    writeFileSync(file, readFileSync(file, "utf8").replace('"OrderFulfillmentStarted"', '"OrderForgotten"'));
    const broken = await runMain("impact", "--against", proposed, "--orders", file);
    expect([broken.code, broken.stderr.includes("orders.ndjson:")]).toEqual([1, true]);
  });

  it.each([
    [["impact"], 2, "Name the proposed release"],
    [["impact", "--against", "x", "--format", "csv"], 2, 'The format "csv" is not known'],
    [["impact", "--against", "no-such-reference"], 2, "neither a folder nor a revision of this repository"],
    [["impact", "--against", "definitions", "--orders", "missing.ndjson"], 2, "missing.ndjson cannot be read"],
    [["migrate", "o1"], 2, "Name the digest of the release"],
    [["migrate", "--to", "x"], 2, "Name one order, or say --all-adoptable"],
    [["migrate", "o1", "--to", "x", "--yes"], 2, "Say why with --reason"],
  ])("%j ends with %i and says what to do", async (args, code, message) => {
    const run = await runMain(...args);
    expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(message)]);
  });
});

describe("orderloom migrate", () => {
  it("shows what it does, and does it only with --yes", async () => {
    const { desk, server } = await open();
    const shown = await runMain("migrate", "o1", "--to", LONGER.digest, ...server);
    expect(shown.stdout).toContain('* "work-bench" of item 1: the release has it.');
    expect((await desk.order("o1")).plan?.number).toBe(1);
    const done = await runMain("migrate", "o1", "--to", LONGER.digest, "--yes", "--reason", "the new step", ...server);
    expect([done.code, done.stdout.includes("Order o1 runs on test.longer now.")]).toEqual([0, true]);
    expect((await desk.order("o1")).release.digest).toBe(LONGER.digest);
  });

  it("names the rules when it must not be", async () => {
    const { server } = await open();
    const { code, stdout } = await runMain("migrate", "o1", "--to", SHORTER.digest, ...server);
    expect([code, stdout]).toEqual([1, expect.stringContaining("done-task-removed: ")]);
  });

  it("moves all that can be moved, one after the other", async () => {
    const { desk, server } = await open();
    expect((await runMain("migrate", "--all-adoptable", "--to", LONGER.digest, ...server)).stdout).toContain("2 of 2 orders could be migrated, 0 are blocked. Nothing was changed");
    const { code, stdout } = await runMain("migrate", "--all-adoptable", "--to", LONGER.digest, "--yes", "--reason", "the new step", ...server);
    expect([code, stdout]).toEqual([0, expect.stringContaining("2 of 2 orders were migrated, 0 wait for an approval, 0 are blocked, 0 were refused.")]);
    for (const id of ["o1", "o2"]) expect((await desk.order(id)).release.digest).toBe(LONGER.digest);
  });
});
