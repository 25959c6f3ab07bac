import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchChromium, withoutBrowser } from "./chromium.ts";
import { buildPage, startPageServer, type PageServer } from "./page-server.ts";
import { sampleOrders, shippedRelease, type SampleOrder } from "./sample-orders.ts";

/** The built status page in a real browser, under the content security policy of the real server. */
describe.skipIf(withoutBrowser())("the status page", () => {
  const release = shippedRelease();
  let webRoot: string;
  let samples: readonly SampleOrder[];
  let browser: Browser;
  let server: PageServer;
  let page: Page;
  let trouble: string[];

  beforeAll(async () => {
    webRoot = mkdtempSync(join(tmpdir(), "orderloom-page-"));
    samples = await sampleOrders(release, new Date().toISOString());
    await buildPage(webRoot);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(webRoot, { recursive: true, force: true });
  });
  afterEach(async () => {
    await page.close();
    await server.close();
  });

  /** Opens a page; whatever the browser complains about is collected in `trouble`. */
  async function open(path: string, orders: readonly SampleOrder[] = samples, viewport = { width: 1280, height: 800 }): Promise<void> {
    server = await startPageServer(webRoot, release, orders);
    page = await browser.newPage({ viewport });
    trouble = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") trouble.push(message.text());
    });
    page.on("pageerror", (error) => trouble.push(error.message));
    await page.goto(`${server.url}${path}`);
  }

  function sampleIn(state: string): SampleOrder {
    const found = samples.find(({ order }) => order.state === state);
    if (found === undefined) throw new Error(`No sample is ${state}`);
    return found;
  }

  it("is served with a policy that allows nothing inline", async () => {
    await open("/operate/orders");
    const policy = (await fetch(`${server.url}/operate/orders`, { headers: { Accept: "text/html" } })).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toMatch(/style-src 'self' 'nonce-[\w+/=]+';/);
    expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toContain("unsafe");
  });

  it("lists the orders with state, customer status, progress and reason, and complains about nothing", async () => {
    await open("/operate/orders");
    await page.getByRole("row").nth(samples.length).waitFor();
    const stopped = page.getByRole("row", { name: /Needs a person/ }).first();
    expect(await stopped.innerText()).toMatch(/\d+ of \d+/);
    expect(await page.getByRole("row", { name: /Outcome unknown/ }).count()).toBe(1);
    await page.getByText("Home Fiber, new installation").first().waitFor();
    expect(trouble).toEqual([]);
  });

  it("filters by view, keeps the view in the address and goes back", async () => {
    await open("/operate/orders");
    await page.getByRole("link", { name: "Completed", exact: true }).click();
    await page.waitForURL("**/operate/orders?view=completed");
    const completed = samples.filter(({ order }) => order.state === "COMPLETED").length;
    await expect.poll(() => page.locator("tbody tr").count()).toBe(completed);
    await page.goBack();
    await expect.poll(() => page.locator("tbody tr").count()).toBe(samples.length);
  });

  it("shows an order: sentence, tasks, milestones, billing and history", async () => {
    const { order } = sampleIn("COMPLETED");
    await open("/operate/orders");
    await page.getByRole("link", { name: order.externalId ?? "" }).click();
    await page.getByRole("heading", { level: 1, name: order.externalId ?? "" }).waitFor();
    await page.getByText(/^The order was completed at /).waitFor();
    for (const name of ["Tasks", "Milestones", "Billing", "History"]) await page.getByRole("heading", { level: 2, name: new RegExp(`^${name}`) }).waitFor();
    expect(await page.locator(".tasks tbody tr").count()).toBe(order.tasks.length);
    expect(trouble).toEqual([]);
  });

  it("names who must act on a stopped order, and its case", async () => {
    const { order } = samples.find((sample) => sample.order.cases.length > 0) as SampleOrder;
    await open(`/operate/orders/${order.id}`);
    await page.getByText("A person", { exact: true }).waitFor();
    await page.getByRole("heading", { name: "Cases" }).waitFor();
  });

  it("submits a sample order and goes to it", async () => {
    await open("/operate/orders", []);
    await page.getByText("npx orderloom order examples/orders/home-fiber.json").waitFor();
    await page.getByRole("button", { name: "Submit a sample Home Fiber order" }).click();
    await page.waitForURL("**/operate/orders/ord-*");
    await page.getByText("The order was accepted; its plan is about to be made.").waitFor();
    expect(trouble).toEqual([]);
  });

  it("says what to do about an order or a page that does not exist", async () => {
    await open("/operate/orders/ord-nowhere");
    await page.getByRole("heading", { name: "There is no order ord-nowhere" }).waitFor();
    await page.goto(`${server.url}/elsewhere`);
    await page.getByRole("heading", { name: "There is no page at /elsewhere" }).waitFor();
  });

  it("keeps what it has read when the server goes away, and says so", async () => {
    await open("/operate/orders");
    await page.locator("tbody tr").first().waitFor();
    await server.close();
    await page.getByRole("alert").getByText("The server does not answer. Is it running?").waitFor();
    await page.getByText(/^Not live, last read/).waitFor();
    expect(await page.locator("tbody tr").count()).toBe(samples.length);
  });

  it("is usable by keyboard from the first key on", async () => {
    await open("/operate/orders");
    await page.locator("tbody tr").first().waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to content");
    await page.getByRole("link", { name: samples[1]?.order.externalId ?? "" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/operate/orders/ord-sample-2");
  });

  it.each([1280, 1920])("does not overflow at a width of %i", async (width) => {
    await open("/operate/orders", samples, { width, height: 900 });
    for (const path of ["/operate/orders", ...samples.map(({ order }) => `/operate/orders/${order.id}`)]) {
      await page.goto(`${server.url}${path}`);
      await page.locator("table").first().waitFor({ timeout: 2_000 }).catch(() => undefined);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, path).toBeLessThanOrEqual(0);
    }
    expect(trouble).toEqual([]);
  });
});
