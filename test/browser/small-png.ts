import { crc32, deflateSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const COLORS_MAX = 256;
const BITS = 8;
const PALETTE = 3;

/** What a page shows, as a PNG of at most 256 colors: the most frequent ones, and for every other the nearest of them. */
export async function smallScreenshot(browser: Browser, page: Page): Promise<Buffer> {
  const shot = (await page.screenshot()).toString("base64");
  const reader = await browser.newPage();
  const { width, height, pixels } = await reader.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    pen?.drawImage(bitmap, 0, 0);
    const colors = new Uint32Array(pen?.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer ?? new ArrayBuffer(0));
    return { width: bitmap.width, height: bitmap.height, pixels: [...colors] };
  }, shot);
  await reader.close();
  const { palette, indexes } = reduceColors(pixels);
  const lines = Array.from({ length: height }, (_, line) => [0, ...indexes.slice(line * width, (line + 1) * width)]).flat();
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([BITS, PALETTE], 8);
  return Buffer.concat([SIGNATURE, chunk("IHDR", head), chunk("PLTE", Buffer.from(palette.flatMap(channels))), chunk("IDAT", deflateSync(Buffer.from(lines), { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

function reduceColors(pixels: readonly number[]): { readonly palette: readonly number[]; readonly indexes: readonly number[] } {
  const counts = new Map<number, number>();
  for (const color of pixels) counts.set(color, (counts.get(color) ?? 0) + 1);
  const palette = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, COLORS_MAX).map(([color]) => color);
  const places = new Map(palette.map((color, place) => [color, place]));
  const near = (color: number): number => palette.reduce((best, other, place) => (distance(color, other) < distance(color, palette[best] ?? 0) ? place : best), 0);
  const indexes = pixels.map((color) => {
    const place = places.get(color) ?? near(color);
    places.set(color, place);
    return place;
  });
  return { palette, indexes };
}

/** Red, green and blue of a pixel as the canvas stores it. */
function channels(color: number): readonly [number, number, number] {
  return [color & 255, (color >> 8) & 255, (color >> 16) & 255];
}

function distance(left: number, right: number): number {
  const [a, b] = [channels(left), channels(right)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
