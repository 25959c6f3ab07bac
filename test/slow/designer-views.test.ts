import { AxeBuilder } from "@axe-core/playwright";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium, withoutBrowser } from "../browser/chromium.ts";
import { clippedTexts } from "../browser/clipped-texts.ts";
import { looseIds, strayColors } from "../browser/look-rules.ts";
import { buildPage } from "../browser/page-server.ts";
import { watchTrouble } from "../browser/watch-trouble.ts";
import { DEMO_SETTINGS, makeDemoWork, type DemoWork } from "./demo-work.ts";
import { startDesigner, type DesignerServer } from "./designer-server.ts";
import { designerViews, showView, VIEW_NAMES } from "./designer-views.ts";
import { ROOT } from "./processes.ts";

const WAIT_MS = 60_000;
const NARROW = { width: 1280, height: 800 };
const WIDE = { width: 1920, height: 1080 };

/** Somebody else's elements, and rows that look like those above them: what is far below the window costs most of the time. */
const NOT_EXAMINED = [".monaco-editor", ".definitions tbody tr:nth-child(n+30)"] as const;

/** For the element of a menu alone: its library focuses a hidden element of its own, and its items take the focus by arrow keys while it scrolls. */
const OF_MENUS: readonly string[] = ["aria-required-children", "scrollable-region-focusable"];

/**
 * Every view of the designer: readable by everyone, nothing cut off, names instead of keys, no color but those with a meaning, and
 * nothing for the browser to complain about. Each is loaded once and looked at in both themes and at both widths.
 */
describe.skipIf(withoutBrowser())("every view of the designer", () => {
  let browser: Browser;
  let server: DesignerServer;
  let context: BrowserContext;
  let work: DemoWork;

  beforeAll(async () => {
    await buildPage(join(ROOT, "dist/designer"));
    server = await startDesigner(DEMO_SETTINGS);
    work = await makeDemoWork(server.url);
    browser = await launchChromium();
    context = await browser.newContext({ viewport: NARROW });
    context.setDefaultTimeout(WAIT_MS);
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, 60_000);

  it.each(VIEW_NAMES)("%s looks as it should in light and dark, at 1280 and at 1920", async (name) => {
    const view = designerViews(work).find((each) => each.name === name);
    if (view === undefined) throw new Error(`There is no view ${name}.`);
    const page = await context.newPage();
    try {
      const trouble = watchTrouble(page);
      await page.emulateMedia({ colorScheme: "light" });
      await showView(page, server.url, view);
      const light = [...(await violations(page)), ...(await looseIds(page, work.titles)), ...(await flaws(page))];
      await page.emulateMedia({ colorScheme: "dark" });
      const dark = [...(await violations(page, ["color-contrast"])), ...(await strayColors(page))];
      await page.setViewportSize(WIDE);
      const wide = await clippedTexts(page);
      const complaints = trouble.filter((line) => view.expected?.test(line) !== true);
      expect({ light, dark, wide, complaints }).toEqual({ light: [], dark: [], wide: [], complaints: [] });
    } finally {
      await page.close();
    }
  }, 240_000);

  async function flaws(page: Page): Promise<readonly string[]> {
    return [...(await clippedTexts(page)), ...(await strayColors(page))];
  }

  /** Serious violations of accessibility, by these rules or by all. */
  async function violations(page: Page, rules: readonly string[] = []): Promise<readonly string[]> {
    const axe = NOT_EXAMINED.reduce((builder, selector) => builder.exclude(selector), new AxeBuilder({ page }));
    const found = await (rules.length === 0 ? axe : axe.withRules([...rules])).analyze();
    const serious = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    return serious.flatMap(({ id, nodes }) => nodes.filter(({ html }) => !(OF_MENUS.includes(id) && html.includes('role="menu"'))).slice(0, 3).map(({ html, failureSummary }) => `${id} ${html.slice(0, 160)} ${failureSummary?.split("\n")[1]?.trim() ?? ""}`));
  }
});
