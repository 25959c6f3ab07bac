import type { Page } from "playwright-core";
import { CASE_MACHINE, ITEM_MACHINE, ORDER_MACHINE, PLAN_MACHINE, TASK_MACHINE } from "../../engine/order/machines.ts";

/** States in the spelling of programs, as far as it is not that of people. */
const STATES = [ORDER_MACHINE, ITEM_MACHINE, PLAN_MACHINE, TASK_MACHINE, CASE_MACHINE].flatMap((machine) => Object.keys(machine)).filter((state) => state.includes("_"));

/**
 * Keys of definitions, and states in the spelling of programs, that are shown where a name exists. Only keys of several words are
 * looked for, because others are words of the language. What is set in the font for keys, what is written and the cells of a table
 * are left out: there a key is meant.
 */
export function looseIds(page: Page, titles: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const ids = [...STATES, ...[...titles.keys()].filter((key) => key.includes("-"))];
  return page.evaluate((wanted) => {
    const LEFT_OUT = ".mono, code, pre, kbd, input, textarea, option, script, style, noscript, [role=gridcell], .cell-drop, .monaco-editor, .line-diff, .text-diff";
    const known = new Set(wanted);
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const box = node.parentElement;
      if (box === null || box.getClientRects().length === 0 || box.closest(LEFT_OUT) !== null || getComputedStyle(box).fontFamily.includes("JetBrains")) continue;
      for (const word of (node.textContent ?? "").match(/[\w/.-]+/g) ?? []) {
        if (known.has(word)) found.add(`"${word}" stands where a name should (${box.tagName.toLowerCase()}.${box.className})`);
      }
    }
    return [...found];
  }, ids);
}

/** Colors that no token gives: a hue of the browser's own, or of a library's. Grays say nothing and are left out. */
export async function strayColors(page: Page): Promise<readonly string[]> {
  const { tokens, drawn } = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement("i"));
    const tokens: string[] = [];
    for (const sheet of document.styleSheets) {
      for (const rule of sheet.cssRules) {
        if (!(rule instanceof CSSStyleRule) || !rule.selectorText.includes(":root")) continue;
        for (const name of rule.style) {
          if (!name.startsWith("--") || name.startsWith("--mantine")) continue;
          probe.style.color = `var(${name})`;
          tokens.push(getComputedStyle(probe).color);
        }
      }
    }
    probe.remove();
    const drawn = new Map<string, string>();
    for (const element of document.body.querySelectorAll("*")) {
      if (element.closest(".monaco-editor, .hidden") !== null || element.getClientRects().length === 0) continue;
      const { color, backgroundColor, borderTopColor, borderTopWidth, fill, stroke } = getComputedStyle(element);
      const where = `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`;
      for (const each of element instanceof SVGGraphicsElement ? [fill, stroke] : [color, backgroundColor]) drawn.set(each, where);
      if (!(element instanceof SVGGraphicsElement) && borderTopWidth !== "0px") drawn.set(borderTopColor, where);
    }
    return { tokens, drawn: [...drawn] };
  });
  const given = new Set(tokens.map((color) => String(partsOf(color))));
  return drawn.filter(([color]) => hasHue(partsOf(color)) && !given.has(String(partsOf(color)))).map(([color, where]) => `${color} is the color of no token (${where})`);
}

/** Red, green and blue of a computed color; none when it is transparent or not given so. */
function partsOf(color: string): readonly number[] {
  const [red, green, blue, opacity = 1] = (/^rgba?\((.*)\)$/.exec(color)?.[1] ?? "").split(/[,/]\s*/).map(Number);
  return red === undefined || green === undefined || blue === undefined || opacity === 0 ? [] : [red, green, blue];
}

/** Least difference between the parts of a color that is seen as one. */
const HUE = 24;

function hasHue(parts: readonly number[]): boolean {
  return parts.length > 0 && Math.max(...parts) - Math.min(...parts) >= HUE;
}
