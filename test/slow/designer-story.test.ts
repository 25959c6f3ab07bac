import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium, withoutBrowser } from "../browser/chromium.ts";
import { buildPage } from "../browser/page-server.ts";
import { watchTrouble } from "../browser/watch-trouble.ts";
import { startDesigner, type DesignerServer } from "./designer-server.ts";
import { ROOT, temporaryFolder } from "./processes.ts";
import { addMilestone, connectTasks, fixThreeProblems, makeBillingTrigger, makePlan, makeRetryPolicy, makeTaskType } from "./story/author-plan.ts";
import { keyboard, mouse } from "./story/hands.ts";
import { approve, choosePlan, promote, simulateFailure, submit } from "./story/release-plan.ts";
import { sendOrder } from "./story/send-order.ts";
import { TRIGGER_KEY, WAIT_MS } from "./story/story.ts";

const STORY_MS = 600_000;

const STEPS = [
  makeRetryPolicy, makeTaskType, makeBillingTrigger, makePlan, connectTasks, addMilestone, fixThreeProblems,
  choosePlan, simulateFailure, submit, approve, promote,
] as const;

/** A definition's way from an idea to a running order, in the designer, against the whole server: SQLite, Git, sandbox. */
describe.skipIf(withoutBrowser())("from an idea to a running order in the designer", () => {
  let browser: Browser;
  let server: DesignerServer;
  let page: Page;
  let trouble: readonly string[];

  beforeAll(async () => {
    await buildPage(join(ROOT, "dist/designer"));
    browser = await launchChromium();
  }, 240_000);
  afterAll(() => browser.close());
  beforeEach(async () => {
    server = await startDesigner();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(WAIT_MS);
    trouble = watchTrouble(page);
  }, 120_000);
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") {
      const picture = join(temporaryFolder(), "stopped-here.png");
      await page.screenshot({ path: picture });
      console.error(`The story stopped at ${page.url()}, see ${picture}\n${trouble.join("\n")}`);
    }
    await page.close();
    await server.stop();
  }, 60_000);

  it.each([["mouse and keys", mouse], ["the keyboard alone", keyboard]] as const)("is gone with %s", async (_, handsOf) => {
    await page.goto(server.url);
    const story = { page, url: server.url, hands: handsOf(page) };
    for (const step of STEPS) await step(story);
    const { release, billing } = await sendOrder(story);
    const { active } = (await (await fetch(`${server.url}/api/releases`)).json()) as { readonly active: string };
    expect(release.digest).toBe(active);
    expect(billing).toMatchObject([{ step: `1/bill.${TRIGGER_KEY}.monthly-fee`, state: "ACKNOWLEDGED" }]);
    expect(trouble).toEqual([]);
  }, STORY_MS);
});
