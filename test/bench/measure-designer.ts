import type { Page } from "playwright-core";

/** How long a panned or edited page is watched. */
const WATCHED_MS = 3_000;
/** After an edit of a cell: long enough for checking and saving, which begin when the author rests. */
const AFTER_EDIT_MS = 4_000;

/** What the main thread of a page has computed so far, in milliseconds of its own time: neighbors on the machine do not change it. */
export async function mainThreadClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN) * 1000;
  };
}

/** Milliseconds from the start of the navigation until cards or the painted plan were drawn. */
export async function timeToPlan(page: Page, url: string): Promise<number> {
  await page.addInitScript(async () => {
    while (document.querySelector("canvas.overview, .task") === null) await new Promise(requestAnimationFrame);
    // Two frames later what was in the page is on the screen.
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    performance.mark("plan-shown");
  });
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName("plan-shown").length > 0);
  return page.evaluate(() => performance.getEntriesByName("plan-shown")[0]?.startTime ?? NaN);
}

/** Frames, and frames per second, while the wheel moves the plan to and fro, one step a frame. */
export function panningFrames(page: Page): Promise<{ readonly frames: number; readonly perSecond: number }> {
  return page.evaluate(async (watchedMs) => {
    const pane = document.querySelector(".react-flow__pane");
    const start = performance.now();
    let frames = 0;
    while (performance.now() - start < watchedMs) {
      const direction = Math.floor((performance.now() - start) / 750) % 2 === 0 ? 1 : -1;
      pane?.dispatchEvent(new WheelEvent("wheel", { deltaX: 24 * direction, deltaY: 10 * direction, bubbles: true, cancelable: true }));
      await new Promise(requestAnimationFrame);
      frames += 1;
    }
    return { frames, perSecond: (frames * 1000) / (performance.now() - start) };
  }, WATCHED_MS);
}

/** Lengths of the tasks over 50 ms, in milliseconds, while something is done and until the page has rested. */
export async function longTasks(page: Page, act: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const lengths: number[] = [];
    Object.assign(window, { benchLongTasks: lengths });
    new PerformanceObserver((list) => lengths.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ["longtask"] });
  });
  await act();
  await page.waitForTimeout(AFTER_EDIT_MS);
  return page.evaluate(() => (window as unknown as { readonly benchLongTasks: readonly number[] }).benchLongTasks);
}
