import type { Page } from "playwright-core";

/**
 * Texts that cannot be read whole and do not say so: cut off by a box without an ellipsis, or standing out of their own box.
 * What can be scrolled to, what is hidden on purpose, and the code editor are left out.
 */
export function clippedTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const LEFT_OUT = ".hidden, .skip, .monaco-editor, svg, style, script, noscript, option";
    const SLACK = 1.5;
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const box = node.parentElement;
      const text = node.textContent?.trim() ?? "";
      if (text === "" || box === null || box.closest(LEFT_OUT) !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rect = range.getBoundingClientRect();
      if (rect.width === 0) continue;
      let why: string | null = null;
      for (let around: Element | null = box; around !== null && why === null; around = around.parentElement) {
        const style = getComputedStyle(around);
        const bounds = around.getBoundingClientRect();
        const out = rect.right > bounds.right + SLACK || rect.left < bounds.left - SLACK;
        if (style.textOverflow === "ellipsis" && style.overflowX !== "visible") break;
        if (style.overflowX === "auto" || style.overflowX === "scroll" || around.matches(".react-flow, .stages, .lanes, .plan-canvas, .cells")) break;
        if (around === box && style.display !== "inline" && style.overflowX === "visible" && out) why = "stands out of its box";
        else if ((style.overflowX === "hidden" || style.overflowX === "clip") && out) why = "is cut off";
      }
      if (why !== null) found.push(`"${text.slice(0, 60)}" ${why} (${box.tagName.toLowerCase()}.${box.className})`);
    }
    const beyond = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (beyond > 0) found.push(`the page is ${beyond} px wider than the window`);
    return [...new Set(found)];
  });
}
