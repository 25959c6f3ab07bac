import type { Locator, Page } from "playwright-core";

/** The most stops a person would tab through to reach something. */
const STOPS_MAX = 400;

/** How a person works a page: with the mouse, or without ever touching it. */
export interface Hands {
  /** A button, link, chip or menu entry. */
  readonly press: (target: Locator) => Promise<void>;
  /** An action that has a key: its button, or the key. */
  readonly give: (button: Locator, keys: string) => Promise<void>;
  /** Puts a text into a field in place of what stands there. */
  readonly write: (field: Locator, text: string) => Promise<void>;
  /** An option of a field that unfolds. */
  readonly pick: (field: Locator, option: string) => Promise<void>;
  /** An entry of a tree or a menu, which is one stop for the keyboard and has arrows inside. */
  readonly choose: (entry: Locator) => Promise<void>;
  /** A part of the page that keys go to. */
  readonly focus: (target: Locator) => Promise<void>;
  /** A row of the library, to be shown beside the list. */
  readonly peek: (row: Locator) => Promise<void>;
  /** Finds an entry in the open list by typing a part of its name. */
  readonly find: (query: string) => Promise<void>;
}

export function mouse(page: Page): Hands {
  return {
    press: (target) => target.click(),
    give: (button) => button.click(),
    write: (field, text) => field.fill(text),
    pick: async (field, option) => void (await field.selectOption(option)),
    choose: (entry) => entry.click(),
    focus: (target) => target.click(),
    peek: (row) => row.getByRole("cell").last().click(),
    find: async (query) => {
      await page.keyboard.type(query);
      await page.locator("[role=option]:visible").first().click();
    },
  };
}

export function keyboard(page: Page): Hands {
  const type = async (text: string): Promise<void> => {
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type(text);
  };
  return {
    press: async (target) => {
      await reach(page, target);
      await page.keyboard.press("Enter");
    },
    give: async (button, keys) => {
      await button.waitFor();
      await page.keyboard.press(keys);
    },
    write: async (field, text) => {
      await reach(page, field);
      await type(text);
    },
    pick: async (field, option) => {
      await reach(page, field);
      await page.keyboard.type(option);
    },
    choose: async (entry) => {
      await entry.waitFor();
      const list = entry.locator("xpath=ancestor::*[@role='tree' or @role='menu'][1]");
      if (!(await hasFocus(list))) await reach(page, list.locator("[tabindex='0']").first());
      await page.keyboard.press("Home");
      for (let stops = 0; !(await hasFocus(entry)); stops += 1) {
        if (stops > STOPS_MAX) throw new Error(`The arrows never reach ${String(entry)}`);
        await page.keyboard.press("ArrowDown");
      }
      if ((await entry.getAttribute("role")) === "menuitem") await page.keyboard.press("Enter");
    },
    focus: (target) => reach(page, target),
    peek: async (row) => {
      await reach(page, row);
      await page.keyboard.press("Space");
    },
    find: async (query) => {
      await page.keyboard.type(query);
      await page.locator("[role=option]:visible").first().waitFor();
      await page.keyboard.press("Enter");
    },
  };
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element.contains(document.activeElement));
}

/** Tabs to an element, forwards or backwards, whichever way it lies. */
async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    const way = await target.evaluate((element) => {
      const from = document.activeElement ?? document.body;
      if (from === element) return "there";
      return (from.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0 && !from.contains(element) ? "back" : "on";
    });
    if (way === "there") return;
    await page.keyboard.press(way === "back" ? "Shift+Tab" : "Tab");
  }
  throw new Error(`Tab never reaches ${String(target)}`);
}
