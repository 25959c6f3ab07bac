import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../browser/chromium.ts";
import { watchLoadedBytes } from "../browser/loaded-bytes.ts";
import { buildPage } from "../browser/page-server.ts";
import { startDesigner } from "../slow/designer-server.ts";
import { ROOT } from "../slow/processes.ts";
import { writeLargeDefinitions } from "./designer-definitions.ts";
import { longTasks, mainThreadClock, panningFrames, timeToPlan } from "./measure-designer.ts";

/** What the designer costs the person in front of it. One JSON line per figure; a name as argument measures only that. */
const VIEWPORT = { width: 1600, height: 1000 };
const TASKS = 1_000;
const ROWS = 10_000;

const MEASUREMENTS: { readonly [name: string]: (browser: Browser, url: string, name: string) => Promise<void> } = {
  "first-chunk": measureFirstChunk,
  "open-plan": measureOpening,
  "pan-plan": measurePanning,
  "edit-cell": measureEditing,
};

const { values: { built, repeat }, positionals: [only] } = parseArgs({ allowPositionals: true, options: { built: { type: "boolean", default: false }, repeat: { type: "string", default: "3" } } });
if (only !== undefined && !Object.hasOwn(MEASUREMENTS, only)) throw new Error(`Name one of ${Object.keys(MEASUREMENTS).join(", ")}, not ${only}.`);
if (!built) await buildPage(join(ROOT, "dist/designer"));
const server = await startDesigner({ ORDERLOOM_DEFINITIONS: writeLargeDefinitions(TASKS, ROWS) });
const browser = await launchChromium();
try {
  for (const [name, measure] of Object.entries(MEASUREMENTS)) if (only === undefined || only === name) await measure(browser, server.url, name);
} finally {
  await browser.close();
  await server.stop();
}

async function measureFirstChunk(browser: Browser, url: string, name: string): Promise<void> {
  const page = await newPage(browser);
  const loaded = watchLoadedBytes(page);
  await page.goto(url);
  await page.locator(".definitions tbody tr").first().waitFor();
  await page.waitForLoadState("networkidle");
  const bytes = await loaded();
  print(name, bytes.page / 1000, "KB", { of: "page", files: bytes.paths.length });
  print(name, bytes.workers / 1000, "KB", { of: "workers" });
  await page.context().close();
}

async function measureOpening(browser: Browser, url: string, name: string): Promise<void> {
  const times: number[] = [];
  const computed: number[] = [];
  for (let run = 0; run < Number(repeat); run += 1) {
    const page = await newPage(browser);
    const clock = await mainThreadClock(page);
    times.push(await timeToPlan(page, `${url}/design/plan-template/large`));
    computed.push(await clock());
    await page.context().close();
  }
  print(name, Math.min(...times), "ms", { tasks: TASKS, of: `fastest of ${repeat}`, slowest: Math.round(Math.max(...times)), mainThreadMs: Math.round(Math.min(...computed)) });
}

async function measurePanning(browser: Browser, url: string, name: string): Promise<void> {
  const page = await newPage(browser);
  await timeToPlan(page, `${url}/design/plan-template/large`);
  await page.waitForTimeout(3_000);
  await page.getByTitle("100 %", { exact: true }).click();
  await page.locator(".task").first().waitFor();
  await pan(page, name, "100 %");
  await page.getByRole("button", { name: "Fit" }).click();
  await page.locator("canvas.overview").waitFor();
  await pan(page, name, "whole plan");
  await page.context().close();
}

async function pan(page: Page, name: string, at: string): Promise<void> {
  const clock = await mainThreadClock(page);
  const before = await clock();
  const { frames, perSecond } = await panningFrames(page);
  print(name, perSecond, "frames/s", { tasks: TASKS, at, mainThreadMsPerFrame: Math.round(((await clock()) - before) / frames) });
}

async function measureEditing(browser: Browser, url: string, name: string): Promise<void> {
  const page = await newPage(browser);
  await page.goto(`${url}/design/decision-table/large`);
  const cell = page.locator("[role=gridcell]").nth(7);
  await cell.waitFor();
  await page.waitForTimeout(8_000);
  await cell.click();
  const clock = await mainThreadClock(page);
  const before = await clock();
  const lengths = await longTasks(page, async () => {
    await page.keyboard.type("7");
    await page.keyboard.press("Enter");
  });
  print(name, Math.max(0, ...lengths), "ms", { rows: ROWS, of: "longest task", over50: lengths.length, mainThreadMs: Math.round((await clock()) - before) });
  await page.context().close();
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  return page;
}

function print(name: string, value: number, unit: string, conditions: { readonly [condition: string]: string | number }): void {
  process.stdout.write(`${JSON.stringify({ name, value: Math.round(value * 10) / 10, unit, ...conditions, load: Math.round(loadavg()[0] ?? 0) })}\n`);
}
