import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DEMO_SETTINGS, makeDemoWork } from "../slow/demo-work.ts";
import { startDesigner } from "../slow/designer-server.ts";
import { designerViews, showView, type DesignerView } from "../slow/designer-views.ts";
import { ROOT } from "../slow/processes.ts";
import { launchChromium } from "./chromium.ts";
import { clippedTexts } from "./clipped-texts.ts";
import { looseIds, strayColors } from "./look-rules.ts";
import { buildPage } from "./page-server.ts";
import { watchTrouble } from "./watch-trouble.ts";

/**
 * Writes pictures of every view, light and dark, at two widths, into the folder named as argument, and says which texts are cut
 * off, which keys stand where a name should, and which colors mean nothing.
 */
const [folder, only = ""] = process.argv.slice(2);
if (folder === undefined) {
  console.error("Usage: node --import tsx test/browser/screenshots.ts FOLDER [PART OF A NAME]");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
await buildPage(join(ROOT, "dist/designer"));
const server = await startDesigner(DEMO_SETTINGS);
const browser = await launchChromium();
try {
  const work = await makeDemoWork(server.url);
  const views = designerViews(work).filter(({ name }) => name.includes(only));
  for (const [width, height] of [[1280, 800], [1920, 1080]] as const) {
    for (const view of views) await take(view, { width, height }, work.titles);
    console.log(`${width}: ${views.length} views, light and dark`);
  }
} finally {
  await browser.close();
  await server.stop();
}

async function take(view: DesignerView, viewport: { readonly width: number; readonly height: number }, titles: ReadonlyMap<string, string>): Promise<void> {
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(60_000);
  const trouble = watchTrouble(page);
  await page.emulateMedia({ colorScheme: "light" });
  await showView(page, server.url, view);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder ?? "", `${view.name}-${colorScheme}-${viewport.width}.png`) });
  }
  const complaints = trouble.filter((line) => view.expected?.test(line) !== true);
  for (const problem of [...(await clippedTexts(page)), ...(await looseIds(page, titles)), ...(await strayColors(page)), ...complaints]) {
    process.exitCode = 1;
    console.error(`${view.name}, ${viewport.width}: ${problem}`);
  }
  await page.close();
}
