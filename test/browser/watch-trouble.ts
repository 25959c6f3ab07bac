import type { Page } from "playwright-core";

/** Collects whatever a browser complains about on a page: errors, warnings, refused policies, failed scripts. */
export function watchTrouble(page: Page): readonly string[] {
  const trouble: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") trouble.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => trouble.push(error.message));
  return trouble;
}
