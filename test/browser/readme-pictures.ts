import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeDemoWork } from "../slow/demo-work.ts";
import { startDesigner } from "../slow/designer-server.ts";
import { showView, type DesignerView } from "../slow/designer-views.ts";
import { ROOT } from "../slow/processes.ts";
import { launchChromium } from "./chromium.ts";
import { buildPage } from "./page-server.ts";
import { smallScreenshot } from "./small-png.ts";

/** Takes the pictures of the README anew: one view each of designing, simulating, deciding and reviewing. */
const folder = join(ROOT, "designer/pictures");
mkdirSync(folder, { recursive: true });
await buildPage(join(ROOT, "dist/designer"));
const server = await startDesigner();
const browser = await launchChromium();
try {
  const { draft } = await makeDemoWork(server.url);
  const views: readonly DesignerView[] = [
    { name: "plan", path: "/design/plan-template/home-fiber-add?at=%2Ftasks%2F5", ready: ".inspector .field" },
    { name: "simulate", path: "/simulate?scenario=home-fiber-add-activation-answer-lost&step=18&task=activate-network", ready: ".timeline-row" },
    { name: "grid", path: "/design/decision-table/home-fiber-change", ready: "[role=gridcell]" },
    { name: "review", path: `/review/${draft}`, ready: ".change-head .badge", prepare: (page) => page.getByText(/\d+ of \d+ scenarios passed/).waitFor() },
  ];
  for (const view of views) {
    const page = await browser.newPage({ colorScheme: "light", viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(120_000);
    await showView(page, server.url, view);
    writeFileSync(join(folder, `${view.name}.png`), await smallScreenshot(browser, page));
    await page.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
