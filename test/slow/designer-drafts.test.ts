import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium, withoutBrowser } from "../browser/chromium.ts";
import { buildPage } from "../browser/page-server.ts";
import { startDesigner, type DesignerServer } from "./designer-server.ts";
import { ROOT } from "./processes.ts";

const WAIT_MS = 30_000;
const POLICY = "/design/retry-policy/standard?view=form";

/** An author's work is never lost: whatever happens to the tab, the network, or by somebody else's hand. */
describe.skipIf(withoutBrowser())("the work of an author", () => {
  let browser: Browser;
  let server: DesignerServer;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    await buildPage(join(ROOT, "dist/designer"));
    browser = await launchChromium();
  }, 240_000);
  afterAll(() => browser.close());
  beforeEach(async () => {
    server = await startDesigner();
  }, 120_000);
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    await server.stop();
  }, 60_000);

  it("V1 is on the server as soon as its author rests, and so in another browser", async () => {
    const one = await open("analyst");
    await write(one, "/maxAttempts", "8");
    await one.getByText(/^Saved /).waitFor();
    const elsewhere = await open("analyst");
    await expectValue(elsewhere, "/maxAttempts", "8");
  }, 120_000);

  it("survives a tab that is closed in the middle of an edit", async () => {
    const page = await open("analyst");
    await write(page, "/maxAttempts", "8");
    await page.close({ runBeforeUnload: true });
    const again = await page.context().newPage();
    await show(again);
    await expectValue(again, "/maxAttempts", "8");
  }, 120_000);

  it("is kept in the browser while the server is away, and saved when it is back", async () => {
    const page = await open("analyst");
    await page.context().setOffline(true);
    await write(page, "/maxAttempts", "8");
    await page.getByText("Offline, kept here").waitFor();
    await page.close();
    await page.context().setOffline(false);
    const again = await page.context().newPage();
    await show(again);
    await expectValue(again, "/maxAttempts", "8");
    await again.getByText(/^Saved /).waitFor();
  }, 120_000);

  it("V3 is joined with another's by object; what both changed is asked, and what was typed since stays", async () => {
    const mine = await open("analyst");
    await write(mine, "/maxAttempts", "8");
    await mine.getByText(/^Saved /).waitFor();
    const draft = await mine.evaluate(() => localStorage.getItem("orderloom-draft:analyst") ?? "");
    const theirs = await open("reviewer", { "orderloom-draft:reviewer": draft });
    await expectValue(theirs, "/maxAttempts", "8");

    await mine.context().setOffline(true);
    await write(mine, "/maxAttempts", "9");
    await write(mine, "/title", "Patient retry");
    await write(theirs, "/maxAttempts", "7");
    await write(theirs, "/description", "For systems that are often busy.");
    await theirs.getByText(/^Saved /).waitFor();
    await expect.poll(() => attemptsOf(draft), { timeout: WAIT_MS }).toBe(7);
    await mine.context().setOffline(false);

    const asked = mine.getByRole("button", { name: "Tomasz Nowak changed the same" });
    await asked.waitFor();
    await expectValue(mine, "/description", "For systems that are often busy.");
    await write(mine, "/title", "Very patient retry");
    await asked.click();
    const dialog = mine.getByRole("dialog");
    await dialog.getByText("8 → 9").waitFor();
    await dialog.getByText("8 → 7").waitFor();
    await dialog.getByRole("radio", { name: /Tomasz Nowak/ }).check();
    await dialog.getByRole("button", { name: "Go on with this" }).click();
    await expectValue(mine, "/maxAttempts", "7");
    await expectValue(mine, "/title", "Very patient retry");
    await expectValue(theirs, "/title", "Very patient retry");
    expect(await attemptsOf(draft)).toBe(7);
  }, 180_000);

  it("V2 is announced to whoever opens the same definition", async () => {
    const mine = await open("analyst");
    await write(mine, "/maxAttempts", "8");
    await mine.getByText(/^Saved /).waitFor();
    const theirs = await open("reviewer");
    await theirs.getByText(/Anna Weber has changed this in/).waitFor();
    await theirs.getByRole("link", { name: "Compare" }).click();
    await theirs.getByText("5 → 8").first().waitFor();
  }, 120_000);

  async function open(persona: string, stored: { readonly [key: string]: string } = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    contexts.push(context);
    await context.addInitScript((entries) => {
      for (const [key, value] of Object.entries(entries)) if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
    }, { "orderloom-persona": persona, ...stored });
    const page = await context.newPage();
    await show(page);
    return page;
  }

  async function show(page: Page): Promise<void> {
    page.setDefaultTimeout(WAIT_MS);
    await page.goto(server.url + POLICY);
    await field(page, "/maxAttempts").waitFor();
  }

  const field = (page: Page, pointer: string) => page.locator(`[data-pointer="${pointer}"]`).getByRole("textbox");

  async function write(page: Page, pointer: string, text: string): Promise<void> {
    await field(page, pointer).fill(text);
    await field(page, pointer).press("Tab");
  }

  const expectValue = (page: Page, pointer: string, value: string) => expect.poll(() => field(page, pointer).inputValue(), { timeout: WAIT_MS }).toBe(value);

  async function attemptsOf(draft: string): Promise<unknown> {
    const token = (await (await fetch(`${server.url}/demo/token`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ persona: "reviewer" }) })).json()) as { readonly token: string };
    const answer = (await (await fetch(`${server.url}/api/drafts/${draft}/files`, { headers: { Authorization: `Bearer ${token.token}` } })).json()) as { readonly files: readonly { readonly path: string; readonly text: string }[] };
    const file = answer.files.find(({ path }) => path === "retry-policy/standard.json");
    return (JSON.parse(file?.text ?? "{}") as { readonly maxAttempts?: unknown }).maxAttempts;
  }
});
