import { AxeBuilder } from "@axe-core/playwright";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium, withoutBrowser } from "../browser/chromium.ts";
import { clippedTexts } from "../browser/clipped-texts.ts";
import { buildPage } from "../browser/page-server.ts";
import { watchTrouble } from "../browser/watch-trouble.ts";
import { startDesigner, type DesignerServer } from "./designer-server.ts";
import { designerViews, makeDemoWork, showView, type DesignerView } from "./designer-views.ts";
import { ROOT } from "./processes.ts";

const WAIT_MS = 60_000;

/** Every view of the designer: readable by everyone, nothing cut off, and nothing for the browser to complain about. */
describe.skipIf(withoutBrowser())("every view of the designer", () => {
  let browser: Browser;
  let server: DesignerServer;
  let views: readonly DesignerView[];

  beforeAll(async () => {
    await buildPage(join(ROOT, "dist/designer"));
    server = await startDesigner();
    views = designerViews(await makeDemoWork(server.url));
    browser = await launchChromium();
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, 60_000);

  it.each([["light", 1280], ["dark", 1280]] as const)("in %s at a width of %i has no serious violation of accessibility, no text cut off and no complaint of the browser", async (colorScheme, width) => {
    const problems: string[] = [];
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    for (const view of views) {
      const page = await context.newPage();
      page.setDefaultTimeout(WAIT_MS);
      const trouble = watchTrouble(page);
      await showView(page, server.url, view);
      const { violations } = await new AxeBuilder({ page }).exclude(".monaco-editor").analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      problems.push(...[
        ...serious.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary }) => `${id} ${html.slice(0, 160)} ${failureSummary?.split("\n")[1]?.trim() ?? ""}`)),
        ...(await clippedTexts(page)), ...trouble,
      ].map((problem) => `${view.name}: ${problem}`));
      await page.close();
    }
    await context.close();
    expect(problems).toEqual([]);
  }, 900_000);
});
