import { createHash } from "node:crypto";

/** A number in [0, 1) that depends on its parts alone: the same seed and request give the same run. */
export function draw(...parts: readonly (string | number)[]): number {
  return Number.parseInt(digest(parts).slice(0, 12), 16) / 2 ** 48;
}

/** A reference such as `RES-9F3A61C2`, the same for the same parts. */
export function drawReference(prefix: string, ...parts: readonly (string | number)[]): string {
  return `${prefix}-${digest(parts).slice(0, 8).toUpperCase()}`;
}

function digest(parts: readonly (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
