import { AxeBuilder } from "@axe-core/playwright";
import { join } from "node:path";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium, withoutBrowser } from "../browser/chromium.ts";
import { buildPage } from "../browser/page-server.ts";
import { watchTrouble } from "../browser/watch-trouble.ts";
import { startDesigner, type DesignerServer } from "./designer-server.ts";
import { ROOT } from "./processes.ts";

const WAIT_MS = 30_000;
const PLAN = "mobile-sim-add";

/** The canvas in a real browser: what mouse, keys and clipboard do to the plan that is seen. */
describe.skipIf(withoutBrowser())("the plan canvas", () => {
  let browser: Browser;
  let server: DesignerServer;
  let context: BrowserContext;
  let page: Page;
  let trouble: readonly string[];

  beforeAll(async () => {
    await buildPage(join(ROOT, "dist/designer"));
    browser = await launchChromium();
    server = await startDesigner();
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, 60_000);
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] });
    await context.addInitScript(() => localStorage.setItem("orderloom-persona", "analyst"));
    page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    trouble = watchTrouble(page);
    await open(PLAN);
  }, 60_000);
  afterEach(async () => {
    // What was done here is undone again: the next test begins with the same plan.
    await undoAll();
    expect(trouble).toEqual([]);
    await context.close();
  }, 60_000);

  const canvas = (): Locator => page.locator(".plan-canvas");
  const card = (key: string): Locator => page.locator(`.react-flow__node-task[data-id="${key}"]`);
  const selected = (): Promise<readonly string[]> => page.locator(".react-flow__node-task:has(.task.selected)").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-id") ?? "").toSorted());
  const undoButton = (): Locator => page.getByRole("button", { name: /^Undo/ }).first();
  /** How many tasks and milestones the outline lists; cards out of sight are not in the page. */
  const count = (): Promise<number> => page.locator(".tree-line").count();
  const cards = (): Locator => page.locator(".react-flow__node-task");
  const expectSelected = (keys: readonly string[]) => expect.poll(selected).toEqual(keys.toSorted());
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

  async function open(plan: string): Promise<void> {
    await page.goto(`${server.url}/design/plan-template/${plan}`);
    await cards().first().waitFor();
    await canvas().focus();
    await press("1");
  }

  /** A task as the template has it: what copying puts on the clipboard. */
  async function taskOf(key: string): Promise<unknown> {
    await card(key).click();
    await canvas().focus();
    await press("Control+c");
    await page.getByText("1 task copied").waitFor();
    const { tasks } = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as { readonly tasks: readonly unknown[] };
    return tasks[0];
  }

  async function undoAll(): Promise<void> {
    await page.locator("body").press("Escape");
    for (let step = 0; step < 20 && (await undoButton().isEnabled()) && (await undoButton().getAttribute("aria-disabled")) === null; step += 1) await undoButton().click();
  }

  async function middle(locator: Locator): Promise<{ readonly x: number; readonly y: number }> {
    const box = await locator.boundingBox();
    if (box === null) throw new Error("Nothing is shown there.");
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  async function drag(from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }): Promise<void> {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
  }

  it("selects several tasks by clicks, by Shift and arrows, and by a rectangle", async () => {
    await card("activate-sim").click();
    await card("verify-sim").click({ modifiers: ["Control"] });
    await card("reserve-number").click({ modifiers: ["Shift"] });
    await expectSelected(["activate-sim", "reserve-number", "verify-sim"]);
    await page.getByText("3 tasks selected").first().waitFor();
    await card("verify-sim").click({ modifiers: ["Control"] });
    await expectSelected(["activate-sim", "reserve-number"]);
    await card("activate-sim").click();
    await expectSelected(["activate-sim"]);
    await canvas().focus();
    await press("Shift+ArrowLeft");
    const before = await selected();
    expect(before.length).toBeGreaterThan(2);
    expect(before).toContain("reserve-number");
    await press("Escape");
    await expectSelected([]);
    const all = await cards().evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect()).map(({ left, top, right, bottom }) => ({ left, top, right, bottom })));
    const corner = { x: Math.min(...all.map(({ left }) => left)) - 8, y: Math.min(...all.map(({ top }) => top)) - 8 };
    await page.keyboard.down("Shift");
    await drag(corner, { x: Math.max(...all.map(({ right }) => right)) + 8, y: Math.max(...all.map(({ bottom }) => bottom)) + 4 });
    await page.keyboard.up("Shift");
    expect((await selected()).length).toBe(all.length);
    await press("Escape", "Control+a");
    expect((await selected()).length).toBe(all.length);
  });

  it("removes and duplicates all that are selected, each in one step", async () => {
    const tasks = await count();
    await card("activate-sim").click();
    await card("verify-sim").click({ modifiers: ["Shift"] });
    await press("Control+d");
    await expect.poll(count).toBe(tasks + 2);
    await expectSelected(["activate-sim-2", "verify-sim-2"]);
    await press("Delete");
    await expect.poll(count).toBe(tasks);
    await press("Control+z", "Control+z");
    await expect.poll(count).toBe(tasks);
    expect(await card("activate-sim-2").count()).toBe(0);
    expect(await undoButton().getAttribute("aria-disabled")).toBe("true");
  });

  it("copies, cuts and pastes tasks with the clipboard of the system, into another template too", async () => {
    const tasks = await count();
    await card("activate-sim").click();
    await card("verify-sim").click({ modifiers: ["Shift"] });
    await canvas().focus();
    await press("Control+c");
    await page.getByText("2 tasks copied").waitFor();
    await press("Control+v");
    await expect.poll(count).toBe(tasks + 2);
    await expectSelected(["activate-sim-2", "verify-sim-2"]);
    await press("Control+z");
    await expect.poll(count).toBe(tasks);
    await open("home-fiber-add");
    const others = await count();
    await canvas().focus();
    await press("Control+v");
    await page.getByText(/2 tasks pasted, \d+ dependenc/).waitFor();
    await expect.poll(count).toBe(others + 2);
    await expectSelected(["activate-sim", "verify-sim"]);
    await press("Control+x");
    await expect.poll(count).toBe(others);
    await press("Control+v");
    await expect.poll(count).toBe(others + 2);
  });

  it("leaves the clipboard of text fields alone", async () => {
    const tasks = await count();
    await card("activate-sim").click();
    await canvas().focus();
    await press("Control+c", "Control+f");
    const field = page.getByRole("searchbox", { name: "Find in plan" });
    await field.fill("sim");
    await press("Control+a", "Control+c", "End", "Control+v");
    expect(await field.inputValue()).toBe("simsim");
    expect(await count()).toBe(tasks);
  });

  it("dims what a wire must not be dropped on, says why, and takes a drop anywhere on a card that can wait", async () => {
    await card("activate-sim").hover();
    const from = await middle(card("activate-sim").locator(".react-flow__handle-right"));
    const before = await middle(card("reserve-number"));
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(before.x + 30, before.y + 10, { steps: 6 });
    await page.mouse.move(before.x, before.y, { steps: 3 });
    await card("reserve-number").locator(".task.barred").waitFor();
    await card("reserve-number").getByText("This would make a circle").waitFor();
    expect(await canvas().locator("[aria-live]").first().innerText()).toBe("This would make a circle");
    await page.mouse.up();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await card("activate-sim").hover();
    await drag(from, await middle(card("verify-sim")));
    await page.getByRole("combobox", { name: "How does it depend?" }).waitFor();
    expect(await page.getByRole("option", { disabled: true }).count()).toBe(0);
    await press("Escape");
  });

  it("adds a task in five ways, each making the same task and one step", async () => {
    const added = async (key: string): Promise<unknown> => {
      await card(key).waitFor();
      const task = await taskOf(key);
      await undoButton().click();
      await card(key).waitFor({ state: "detached" });
      expect(await undoButton().getAttribute("aria-disabled")).toBe("true");
      return task;
    };
    const choose = async (): Promise<void> => {
      await page.getByRole("combobox", { name: "Which task?" }).waitFor();
      await page.keyboard.type("Ship a device");
      await press("Enter");
    };
    const alone = { key: "ship-device", type: "ship-device" };
    const after = { ...alone, dependsOn: [{ type: "success", task: "record-product" }] };
    const pane = await page.locator(".react-flow__pane").boundingBox();
    const free = { x: (pane?.x ?? 0) + 120, y: (pane?.y ?? 0) + (pane?.height ?? 0) - 140 };

    await canvas().focus();
    await press("Escape", "n");
    await choose();
    expect(await added("ship-device")).toEqual(alone);
    await card("record-product").click();
    await press("n");
    await choose();
    expect(await added("ship-device")).toEqual(after);

    await card("record-product").hover();
    await drag(await middle(card("record-product").locator(".react-flow__handle-right")), free);
    await choose();
    expect(await added("ship-device")).toEqual(after);

    await page.getByRole("button", { name: "Task types", exact: true }).click();
    const shelf = page.getByRole("complementary", { name: "Task types" });
    await shelf.getByRole("combobox").fill("shi");
    const type = shelf.getByRole("option", { name: "Ship a device" });
    await type.click();
    await page.mouse.click(free.x, free.y);
    await expectSelected(["ship-device"]);
    const box = await card("ship-device").boundingBox();
    expect(Math.abs((box?.x ?? 0) + (box?.width ?? 0) / 2 - free.x)).toBeLessThan(3);
    expect(await added("ship-device")).toEqual(alone);
    await type.dragTo(page.locator(".react-flow__pane"), { targetPosition: { x: 120, y: (pane?.height ?? 0) - 140 } });
    expect(await added("ship-device")).toEqual(alone);
    await type.dragTo(card("record-product"));
    expect(await added("ship-device")).toEqual(after);
    await card("record-product").click();
    await shelf.getByRole("combobox").press("Enter");
    expect(await added("ship-device")).toEqual(after);

    const line = page.locator(".react-flow__edge").filter({ has: page.locator(".edge-finish") }).first();
    await line.locator(".react-flow__edge-interaction").click({ force: true });
    await page.getByRole("button", { name: "Insert a task here" }).click();
    await choose();
    const between = await added("ship-device");
    expect(between).toEqual({ ...alone, dependsOn: [{ type: "success", task: "verify-sim" }] });
  }, 120_000);

  it("finds in the plan: counts, rings and dims, goes on and back, and Escape closes", async () => {
    await canvas().focus();
    await press("Control+f");
    await page.keyboard.type("subscriberId");
    const matches = await page.locator(".task.found").count();
    expect(matches).toBeGreaterThan(1);
    expect(await page.locator(".task.dimmed").count()).toBe((await cards().count()) - matches);
    await page.getByText(`${matches} found`).waitFor();
    await press("Enter", "Enter");
    await page.getByText(`2 of ${matches}`).waitFor();
    await press("Shift+Enter");
    await page.getByText(`1 of ${matches}`).waitFor();
    await press("Escape");
    expect(await page.locator(".task.found, .task.dimmed").count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("application");
  });

  it("is one stop of Tab, arrows follow the dependencies, and the sight jumps for those who want no motion", async () => {
    expect(await canvas().locator("[tabindex='0']:not(.zoom *)").count()).toBe(0);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await canvas().focus();
    await press("Escape", "Home", "ArrowRight");
    await expectSelected(["activate-sim"]);
    await press("ArrowLeft");
    await expect.poll(async () => (await selected()).join()).toMatch(/^reserve-(number|sim)$/);
    await press("Escape");
    await page.getByRole("button", { name: "Lanes", exact: true }).click();
    const pane = await canvas().boundingBox();
    await expect.poll(() => cards().evaluateAll((nodes, { right, bottom }) => nodes.filter((node) => node.getBoundingClientRect().right > right || node.getBoundingClientRect().bottom > bottom).length, { right: (pane?.x ?? 0) + (pane?.width ?? 0), bottom: (pane?.y ?? 0) + (pane?.height ?? 0) })).toBe(0);
    expect((await page.locator(".lane span").allInnerTexts()).filter((title) => title.trim() === "")).toEqual([]);
  });

  it("is only looked at while the JSON cannot be read, and keeps what was typed", async () => {
    await page.getByRole("button", { name: "JSON", exact: true }).click();
    await page.locator(".view-line").first().click();
    await press("Control+Home");
    await page.keyboard.type("x");
    await page.getByRole("button", { name: "Canvas", exact: true }).click();
    await page.getByText(/The JSON cannot be read/).waitFor();
    await press("Control+a", "Delete");
    expect(await cards().count()).toBeGreaterThan(3);
    await page.getByRole("link", { name: "Correct the JSON" }).click();
    await page.locator(".view-line").first().waitFor();
    expect(await page.locator(".view-line").first().innerText()).toContain("x{");
  });

  it("has no serious violation of accessibility with several tasks selected", async () => {
    await canvas().focus();
    await press("Control+a");
    await page.getByRole("complementary", { name: "Selected tasks" }).waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical").flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id} ${html.slice(0, 200)}`))).toEqual([]);
  });
});
