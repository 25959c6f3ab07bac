import { join } from "node:path";
import { freePort, start, temporaryFolder, type Running } from "./processes.ts";

export interface DesignerServer extends Running {
  readonly url: string;
}

/** The whole product on SQLite, a Git repository and a sandbox of its own; it serves what was built to `dist/designer`. `settings` are further variables of the environment. */
export async function startDesigner(settings: { readonly [name: string]: string } = {}): Promise<DesignerServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { PORT: String(port), ORDERLOOM_SQLITE_FILE: join(temporaryFolder(), "orders.db"), LOG_LEVEL: "warn", ...settings };
  return { url, ...(await start("server/main.ts", env, async () => (await fetch(`${url}/health/ready`)).ok)) };
}
