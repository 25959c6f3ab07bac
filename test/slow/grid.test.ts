import { AxeBuilder } from "@axe-core/playwright";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { exportRows } from "../../engine/sheet/export-table.ts";
import { writeCsv } from "../../server/sheets/write-csv.ts";
import { launchChromium, withoutBrowser } from "../browser/chromium.ts";
import { buildPage } from "../browser/page-server.ts";
import { watchTrouble } from "../browser/watch-trouble.ts";
import { startDesigner, type DesignerServer } from "./designer-server.ts";
import { ROOT, temporaryFolder } from "./processes.ts";

const WAIT_MS = 60_000;

/** The grid in a real browser: what keys, mouse, clipboard and files do to the cells that are seen. */
describe.skipIf(withoutBrowser())("the decision grid", () => {
  let browser: Browser;
  let server: DesignerServer;
  let context: BrowserContext;
  let page: Page;
  let trouble: readonly string[];

  beforeAll(async () => {
    await buildPage(join(ROOT, "dist/designer"));
    server = await startDesigner();
    browser = await launchChromium();
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, 60_000);
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    trouble = watchTrouble(page);
    await page.addInitScript(() => localStorage.setItem("orderloom-persona", "analyst"));
    await page.goto(`${server.url}/design/decision-table/failure-classes`);
    await cell(1, 1).click();
  });
  afterEach(async () => {
    // What was done here is undone again: the next test begins with the same table.
    expect(trouble).toEqual([]);
    await context.close();
  });

  /** A cell by row and column as people count them. */
  const cell = (row: number, column: number): Locator => page.locator(`[role=row][aria-rowindex="${row + 1}"] [role=gridcell][aria-colindex="${column + 1}"]`);
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const texts = async (column: number, rows: readonly number[]): Promise<readonly string[]> => Promise.all(rows.map((row) => cell(row, column).innerText()));
  const paste = (text: string): Promise<void> =>
    page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData("text/plain", pasted);
      document.querySelector("[role=grid]")?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);
  const drag = async (from: Locator, to: Locator): Promise<void> => {
    const [start, end] = [await from.boundingBox(), await to.boundingBox()];
    if (start === null || end === null) throw new Error("Nothing to drag.");
    await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
    await page.mouse.down();
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2 + 4, { steps: 5 });
    await page.mouse.up();
  };
  const active = (): Promise<string | null> => page.locator(".box.active").getAttribute("aria-colindex");

  it("is written by keyboard alone: typing replaces, F2 changes, Escape leaves, Enter and Tab go on", async () => {
    await page.keyboard.type("LATE");
    await press("Enter", "F2");
    await page.keyboard.type(", LOST");
    await press("Tab");
    expect(await texts(1, [1, 2])).toEqual(["LATE", "TIMEOUT, CONNECTION_LOST, LOST"]);
    expect(await active()).toBe("3");
    await page.keyboard.type("5");
    await press("Escape");
    expect(await cell(2, 2).innerText()).toBe("any");
    await cell(3, 1).dblclick();
    await page.keyboard.type("GONE");
    await cell(3, 3).click();
    expect([await cell(3, 1).innerText(), await active()]).toEqual(["GONE", "4"]);
    await press("Control+z", "Control+z", "Control+z");
    expect(await texts(1, [1, 2, 3])).toEqual(["any", "TIMEOUT, CONNECTION_LOST", "any"]);
  });

  it("offers what a column allows, and takes it with Enter", async () => {
    await press("ArrowRight", "ArrowRight");
    await page.keyboard.type("pos");
    expect(await page.locator(".cell-drop [role=option]").allInnerTexts()).toEqual(["POSSIBLE"]);
    await press("Enter");
    expect(await cell(1, 3).innerText()).toBe("POSSIBLE");
    await press("Control+z");
  });

  it("is one stop of Tab, which leaves it at the end of a row", async () => {
    await press("End", "Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("[role=grid]") ?? null)).toBeNull();
    expect(await page.locator("[role=grid] [tabindex='0']").count()).toBe(0);
  });

  it("shows what of a paste does not fit before anything is written, and undoes the rest in one step", async () => {
    await press("ArrowRight");
    await paste("401\tNONE\nmany\tPARTIAL");
    expect(await page.getByRole("dialog").innerText()).toContain("many");
    expect(await cell(1, 2).innerText()).toBe("any");
    await page.getByRole("button", { name: "Paste the rest" }).click();
    expect([await texts(2, [1, 2]), await texts(3, [1, 2])]).toEqual([["401", "any"], ["NONE", "PARTIAL"]]);
    await press("Control+z");
    expect([await texts(2, [1, 2]), await texts(3, [1, 2])]).toEqual([["any", "any"], ["PARTIAL", "POSSIBLE"]]);
  });

  it("fills by its handle and by Ctrl+D alike", async () => {
    await cell(2, 4).click();
    await drag(page.locator(".fill-handle"), cell(4, 4));
    expect(await texts(4, [2, 3, 4])).toEqual(["UNKNOWN", "UNKNOWN", "UNKNOWN"]);
    await press("Control+z");
    await cell(2, 4).click();
    await press("Shift+ArrowDown", "Shift+ArrowDown", "Control+d");
    expect(await texts(4, [2, 3, 4])).toEqual(["UNKNOWN", "UNKNOWN", "UNKNOWN"]);
    await press("Control+z");
  });

  it("moves rows and columns by mouse and by keys, and resizes columns", async () => {
    const number = (row: number): Locator => page.locator(`[data-row="${row - 1}"]`);
    await number(1).click();
    await drag(number(1), number(3));
    expect(await texts(4, [1, 2, 3])).toEqual(["UNKNOWN", "UNKNOWN", "PARTIAL"]);
    await press("Alt+ArrowUp");
    expect(await texts(4, [1, 2, 3])).toEqual(["UNKNOWN", "PARTIAL", "UNKNOWN"]);
    await press("Control+z", "Control+z");
    await cell(1, 2).click();
    await press("Alt+ArrowLeft");
    expect(await page.locator("[data-column='0']").innerText()).toContain("Http");
    await press("Control+z");
    const width = async (): Promise<number> => (await page.locator("[data-column='0']").boundingBox())?.width ?? 0;
    const before = await width();
    await drag(page.locator("[data-resize='0']"), page.locator("[data-column='1']"));
    expect(await width()).toBeGreaterThan(before);
    await press("Alt+Shift+ArrowLeft");
  });

  it("looks through itself again when the hit policy changes: overlaps are wrong only where one row must match", async () => {
    await page.locator("select.policy").selectOption("UNIQUE");
    await page.locator(".box.noted").first().waitFor();
    await page.locator("select.policy").selectOption("FIRST");
    await page.locator(".box.noted").first().waitFor({ state: "detached" });
  });

  it("makes tests of rows, says at once when an edit breaks one, and why", async () => {
    await cell(2, 1).click();
    await page.waitForURL(/rows/);
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await page.locator(".strip-state.f-done").waitFor();
    await page.getByRole("tabpanel").getByText("Why row 2 fired").waitFor();
    await cell(2, 4).click();
    await page.keyboard.type("PERMANENT");
    await press("Enter");
    await page.locator(".strip-state.f-failed").waitFor();
    await press("Control+z");
    await page.locator(".strip-state.f-done").waitFor();
    await page.getByRole("button", { name: "Remove test" }).click();
  });

  it("comes back from Excel as it went, and says what of a changed file would change", async () => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export Excel" }).click();
    const file = join(temporaryFolder(), "failure-classes.xlsx");
    await (await download).saveAs(file);
    await page.setInputFiles("input[type=file]", file);
    await page.getByText("It holds exactly what is here.").waitFor();
    await press("Escape");
    const shipped = JSON.parse(readFileSync(join(ROOT, "definitions/decision-table/failure-classes.json"), "utf8")) as DecisionTable;
    const changed = join(temporaryFolder(), "changed.csv");
    writeFileSync(changed, writeCsv(exportRows({ ...shipped, rows: shipped.rows.slice(1).map((row) => (row.id === "busy" ? { ...row, class: "POLICY" } : row)) })));
    await page.setInputFiles("input[type=file]", changed);
    await page.getByRole("dialog").getByText("1 row changed, 1 row removed").waitFor();
    await page.getByRole("button", { name: "Take it" }).click();
    expect(await texts(4, [1, 4])).toEqual(["UNKNOWN", "POLICY"]);
    expect(await page.locator("select.policy").inputValue()).toBe("FIRST");
    await page.getByRole("button", { name: "Undo", exact: false }).first().click();
    expect(await texts(4, [1])).toEqual(["PARTIAL"]);
  });

  it("has no serious violation of accessibility with its editor or its menu open", async () => {
    const serious = async (): Promise<readonly string[]> => (await new AxeBuilder({ page }).analyze()).violations.filter(({ impact }) => impact === "serious" || impact === "critical").flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id} ${html.slice(0, 200)}`));
    await press("F2");
    expect(await serious()).toEqual([]);
    await press("Escape", "Shift+F10");
    await page.getByRole("menuitem").first().waitFor();
    expect(await serious()).toEqual([]);
  });
});
