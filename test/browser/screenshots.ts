import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchChromium } from "./chromium.ts";
import { buildPage, startPageServer } from "./page-server.ts";
import { sampleOrders, shippedRelease } from "./sample-orders.ts";

/** Writes pictures of every page, light and dark, at two widths, into the folder named as argument, for a person to look at. */
const folder = process.argv[2];
if (folder === undefined) {
  console.error("Usage: node --import tsx test/browser/screenshots.ts FOLDER");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const now = new Date().toISOString();
const release = shippedRelease();
const samples = await sampleOrders(release, now);
const webRoot = mkdtempSync(join(tmpdir(), "orderloom-page-"));
await buildPage(webRoot);
const full = await startPageServer(webRoot, release, samples);
const empty = await startPageServer(webRoot, release, []);
const browser = await launchChromium();

const pages = [
  ["orders", `${full.url}/operate/orders`],
  ["empty", `${empty.url}/operate/orders`],
  ["missing", `${full.url}/operate/orders/ord-nowhere`],
  ...samples.map(({ order }, position) => [`order-${position + 1}`, `${full.url}/operate/orders/${order.id}`] as const),
] as const;
for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 1920]) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: width === 1280 ? 800 : 1080 } });
    for (const [name, url] of pages) {
      await page.goto(url, { waitUntil: "networkidle" });
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`), fullPage: true });
    }
    await page.close();
  }
  console.log(`${colorScheme}: ${pages.length} pages at 1280 and 1920`);
}
await browser.close();
await full.close();
await empty.close();
rmSync(webRoot, { recursive: true, force: true });
