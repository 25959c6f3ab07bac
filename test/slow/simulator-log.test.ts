import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../../engine/support/json.ts";
import { fillOrder } from "../../examples/orders/fill-order.ts";
import { toNewOrder } from "../../server/tmf/to-new-order.ts";
import { launchChromium, withoutBrowser } from "../browser/chromium.ts";
import { buildPage } from "../browser/page-server.ts";
import { watchTrouble } from "../browser/watch-trouble.ts";
import { runMain } from "../cli/run-cli.ts";
import { startDesigner, type DesignerServer } from "./designer-server.ts";
import { ROOT, temporaryFolder } from "./processes.ts";

const AT = "2026-11-02T09:00:00.000Z";
const WAIT_MS = 60_000;
const STEPS_MAX = 60;

/** An example order, and the script it is run with; none is the happy path. */
const RUNS: readonly { readonly order: string; readonly faults: string | null }[] = [
  { order: "home-fiber", faults: null },
  { order: "home-fiber", faults: "usual-durations" },
  { order: "home-fiber", faults: "activation-answer-lost" },
  { order: "home-fiber", faults: "cancel-after-reservation" },
  { order: "home-fiber", faults: "no-access-rescheduled" },
  { order: "home-fiber", faults: "billing-waived" },
  { order: "contact-center", faults: null },
  { order: "furniture", faults: null },
  { order: "managed-office", faults: "partial-bundle" },
  { order: "mobile-sim", faults: "number-taken" },
];

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const scriptOf = (faults: string | null) => (faults === null ? "[]" : read(`examples/faults/${faults}.json`));

/** What is done at the screen in a run of one's own, step by step. */
const CLICKS: readonly { readonly of: string; readonly act: (page: Page) => Promise<void> }[] = [
  { of: "a failure that is tried again", act: async (page) => { await goUntil(page, "Book the installation visit", "Waiting for result"); await page.getByLabel("Failure").selectOption("UNAVAILABLE"); await press(page, "Fail", "1 change of yours"); } },
  { of: "a lost callback", act: async (page) => { await goUntil(page, "Activate the connection", "Waiting for result"); await press(page, "Callback lost", "2 changes of yours"); } },
  { of: "a cancellation in the middle", act: async (page) => { await page.keyboard.press("Home"); for (let step = 0; step < 6; step += 1) await next(page); await press(page, "Cancel the order", "3 changes of yours"); } },
];

/** Selects a task and steps until it stands so. */
async function goUntil(page: Page, task: string, state: string): Promise<void> {
  await page.keyboard.press("Home");
  for (let step = 1; step < STEPS_MAX; step += 1) {
    const row = page.locator(".timeline-row", { hasText: task });
    if ((await row.count()) > 0) {
      await row.first().click();
      await page.locator(".side-body h2", { hasText: task }).waitFor();
      if ((await page.locator(".side-body section").first().getByText(state, { exact: true }).count()) > 0) return;
    }
    await next(page);
  }
  throw new Error(`${task} never was ${state}`);
}

async function next(page: Page): Promise<void> {
  const before = page.url();
  await page.keyboard.press("F10");
  await page.waitForFunction((was) => location.href !== was, before);
}

async function press(page: Page, name: string, changes: string): Promise<void> {
  await page.locator(".side-body").getByRole("button", { name, exact: true }).click();
  await page.getByText(changes).waitFor();
}

/** Opens a run of one's own, as an author pastes it. */
async function openRun(page: Page, order: string, script: string): Promise<void> {
  const another = page.getByRole("link", { name: "Another order" });
  if (await another.isVisible()) await another.click();
  await page.getByLabel("Order as JSON", { exact: true }).fill(order);
  await page.getByLabel("Script as JSON, if there is one", { exact: true }).fill(script);
  await page.getByLabel("Accepted at").fill(AT);
  await page.getByRole("button", { name: "Run it" }).click();
  await page.locator(".events li").first().waitFor();
}

/** The files of the export menu, by name. */
async function exported(page: Page): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const name of ["order.json", "script.json", "events.jsonl"]) {
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: `Download ${name}` }).click()]);
    files.set(name, readFileSync(await download.path(), "utf8"));
  }
  return files;
}

/** The event log the command line prints for exported files. */
async function commandLine(files: ReadonlyMap<string, string>): Promise<string> {
  const folder = temporaryFolder();
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  const { code, stdout, stderr } = await runMain("simulate", join(folder, "order.json"), "--faults", join(folder, "script.json"), "--at", AT, "--definitions", join(ROOT, "definitions"), "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

/** What is requested whatever page is shown: files the page made itself, the icon of the tab, and what colleagues work on. */
const ALWAYS = [/ blob:/, /\/assets\/mark-[^/]*\.svg$/, /^GET [^ ]*\/api\/open-changes$/];
const sent = (requests: readonly string[]) => requests.filter((request) => !ALWAYS.some((pattern) => pattern.test(request)));

/** An example order in the domain's words, as the command line reads it. */
function domainOrder(name: string): string {
  const mapped = toNewOrder(fillOrder(read(`examples/orders/${name}.json`), AT) as Json, "order-1");
  if (!mapped.ok) throw new Error(JSON.stringify(mapped.problems));
  return JSON.stringify(mapped.order);
}

describe.skipIf(withoutBrowser())("the simulator's event log", () => {
  let browser: Browser;
  let server: DesignerServer;
  let context: BrowserContext;
  let page: Page;
  let trouble: readonly string[];
  const requests: string[] = [];

  beforeAll(async () => {
    await buildPage(join(ROOT, "dist/designer"));
    server = await startDesigner();
    browser = await launchChromium();
    context = await browser.newContext({ acceptDownloads: true, locale: "tr-TR", timezoneId: "Asia/Kathmandu", viewport: { width: 1920, height: 1080 } });
    page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    trouble = watchTrouble(page);
    await page.goto(`${server.url}/simulate`);
    await page.locator(".choices li").first().waitFor();
    // The worker and what the page draws with are loaded with the first run; from then on nothing is.
    await openRun(page, domainOrder("home-fiber"), "[]");
    // Even what is requested anyway does not get through: a simulation needs no network.
    await context.setOffline(true);
    context.on("request", (request) => requests.push(`${request.method()} ${request.url()}`));
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, 60_000);

  it.each(RUNS)("of $order with $faults is the command line's, byte for byte, and nothing was sent", async ({ order, faults }) => {
    requests.length = 0;
    await openRun(page, domainOrder(order), scriptOf(faults));
    await page.keyboard.press("End");
    const files = await exported(page);
    expect(files.get("events.jsonl")?.split("\n").length).toBeGreaterThan(10);
    expect(await commandLine(files)).toBe(files.get("events.jsonl"));
    expect(sent(requests)).toEqual([]);
  }, 120_000);

  it("after everything done by clicking is the command line's for the exported script, and nothing was sent", async () => {
    requests.length = 0;
    await openRun(page, domainOrder("home-fiber"), '[{ "pace": "USUAL" }]');
    for (const { of, act } of CLICKS) {
      await act(page);
      const files = await exported(page);
      expect(await commandLine(files), of).toBe(files.get("events.jsonl"));
    }
    const script = JSON.parse((await exported(page)).get("script.json") ?? "[]") as readonly object[];
    expect(script).toHaveLength(1 + CLICKS.length);
    expect(sent(requests)).toEqual([]);
    expect(trouble.filter((problem) => !problem.includes("ERR_INTERNET_DISCONNECTED"))).toEqual([]);
  }, 300_000);
});
