import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const ARGUMENTS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
];

/** The browser the tests run in: `CHROMIUM_PATH`, or the first of the usual places; null when there is none. */
export function findChromium(): string | null {
  const named = process.env["CHROMIUM_PATH"];
  return (named === undefined ? USUAL_PLACES : [named]).find((path) => existsSync(path)) ?? null;
}

/**
 * True when browser tests cannot run here; says so, because a test that did not run proves nothing. With
 * `ORDERLOOM_REQUIRE_BROWSER=1` it is never true: the tests run, and fail without a browser.
 */
export function withoutBrowser(): boolean {
  if (findChromium() !== null || process.env["ORDERLOOM_REQUIRE_BROWSER"] === "1") return false;
  console.warn("Browser tests are skipped: no Chromium was found. Install one, or set CHROMIUM_PATH to its executable.");
  return true;
}

/** Starts the browser without window and without network of its own. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("No Chromium was found. Install one, or set CHROMIUM_PATH to its executable.");
  return chromium.launch({ executablePath, args: ARGUMENTS });
}
