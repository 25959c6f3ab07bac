import { brotliCompressSync } from "node:zlib";
import type { Page, Response } from "playwright-core";

/** Code and styles a page has asked for, in bytes as a browser gets them that takes brotli. */
export interface LoadedBytes {
  /** What the page itself runs and looks like. */
  readonly page: number;
  /** What runs beside it, in workers. */
  readonly workers: number;
  /** Of the page, the largest first. */
  readonly paths: readonly string[];
}

/** Watches what a page loads from now on; ask when it is at rest. */
export function watchLoadedBytes(page: Page): () => Promise<LoadedBytes> {
  const answers = new Map<string, Response>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (/\.(?:js|css)$/.test(pathname)) answers.set(pathname, response);
  });
  return async () => {
    // The page also gets the answer with a worker's first file.
    const ofWorkers = new Set(page.workers().map((worker) => new URL(worker.url()).pathname));
    const sizes = await Promise.all([...answers].filter(([path]) => !ofWorkers.has(path)).map(async ([path, response]) => ({ path, bytes: brotliBytes(await response.body()) })));
    const workers = await Promise.all(page.workers().map(async (worker) => brotliBytes(new Uint8Array(await (await fetch(worker.url())).arrayBuffer()))));
    return { page: sum(sizes.map(({ bytes }) => bytes)), workers: sum(workers), paths: sizes.toSorted((a, b) => b.bytes - a.bytes).map(({ path }) => path) };
  };
}

function brotliBytes(content: Uint8Array): number {
  return brotliCompressSync(content).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
