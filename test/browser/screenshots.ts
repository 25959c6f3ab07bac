import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { designerViews, makeDemoWork, showView, type DesignerView } from "../slow/designer-views.ts";
import { startDesigner } from "../slow/designer-server.ts";
import { ROOT } from "../slow/processes.ts";
import { launchChromium } from "./chromium.ts";
import { clippedTexts } from "./clipped-texts.ts";
import { buildPage } from "./page-server.ts";
import { watchTrouble } from "./watch-trouble.ts";

/** Writes pictures of every view, light and dark, at two widths, into the folder named as argument, and says which texts are cut off. */
const [folder, only = ""] = process.argv.slice(2);
if (folder === undefined) {
  console.error("Usage: node --import tsx test/browser/screenshots.ts FOLDER [PART OF A NAME]");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
await buildPage(join(ROOT, "dist/designer"));
const server = await startDesigner();
const browser = await launchChromium();
try {
  const views = designerViews(await makeDemoWork(server.url)).filter(({ name }) => name.includes(only));
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [width, height] of [[1280, 800], [1920, 1080]] as const) {
      for (const view of views) await take(view, colorScheme, { width, height });
      console.log(`${colorScheme}, ${width}: ${views.length} views`);
    }
  }
} finally {
  await browser.close();
  await server.stop();
}

async function take(view: DesignerView, colorScheme: "light" | "dark", viewport: { readonly width: number; readonly height: number }): Promise<void> {
  const page = await browser.newPage({ colorScheme, viewport });
  page.setDefaultTimeout(60_000);
  const trouble = watchTrouble(page);
  await showView(page, server.url, view);
  await page.screenshot({ path: join(folder ?? "", `${view.name}-${colorScheme}-${viewport.width}.png`) });
  for (const problem of [...(await clippedTexts(page)), ...trouble]) {
    process.exitCode = 1;
    console.error(`${view.name}, ${colorScheme}, ${viewport.width}: ${problem}`);
  }
  await page.close();
}
