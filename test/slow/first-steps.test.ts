import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort, pause, ROOT, temporaryFolder } from "./processes.ts";

const START_TIMEOUT_MS = 90_000;
const ORDER_TIMEOUT_MS = 60_000;

/** The README's own commands, run as they stand there; only the port is another one. */
describe("first steps, as the README tells them", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  let port = 0;
  let server: ChildProcess;

  beforeAll(async () => {
    port = await freePort();
    const env = { ...process.env, PORT: String(port), ORDERLOOM_SQLITE_FILE: join(temporaryFolder(), "orders.db"), LOG_LEVEL: "warn" };
    server = spawn("npm", ["start"], { cwd: ROOT, env, stdio: "ignore", detached: true });
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await answers(`http://localhost:${port}/health/ready`))) {
      if (Date.now() > deadline) throw new Error("npm start was not ready in time");
      await pause(300);
    }
  }, START_TIMEOUT_MS + 10_000);

  afterAll(() => {
    if (server.pid !== undefined) process.kill(-server.pid, "SIGTERM");
  });

  it("given npm start, when the README's curl is run, then the order completes, each charge is billed once and the customer reads plain words", async () => {
    const curl = /```bash\n(curl -s localhost:3000\/demo[\s\S]*?)```/.exec(readme)?.[1];
    expect(curl, "the README has its curl").toBeDefined();
    const created = JSON.parse(execFileSync("bash", ["-c", (curl as string).replaceAll(":3000", `:${port}`)], { encoding: "utf8" })) as { id: string; state: string };
    expect(created.state).toBe("acknowledged");

    const address = `http://localhost:${port}/tmf-api/productOrderingManagement/v4/productOrder/${created.id}`;
    let order: { state: string; customerStatus?: { title: string } } = { state: "" };
    for (const deadline = Date.now() + ORDER_TIMEOUT_MS; order.state !== "completed" && Date.now() < deadline; await pause(300)) {
      order = (await (await fetch(address)).json()) as typeof order;
    }
    expect(order).toMatchObject({ state: "completed", customerStatus: { title: "Service active" } });

    const view = (await (await fetch(`http://localhost:${port}/api/orders/${created.id}`)).json()) as {
      milestones: { key: string; outcome: string }[];
      billing: { charge: string; state: string }[];
    };
    expect(view.milestones.filter(({ key }) => key === "service-activated")).toMatchObject([{ outcome: "REACHED" }]);
    const charges = view.billing.map(({ charge }) => charge);
    expect(new Set(charges).size, "each charge once").toBe(charges.length);
    expect(charges.length).toBeGreaterThan(0);
  }, ORDER_TIMEOUT_MS + 10_000);

  it("serves the status page at the address the README names", async () => {
    const page = await fetch(`http://localhost:${port}/`, { headers: { Accept: "text/html" } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<title>");
  });
});

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(({ ok }) => ok, () => false);
}
