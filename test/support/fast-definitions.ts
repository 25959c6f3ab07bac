import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatDuration, parseDurationMs } from "../../engine/support/duration.ts";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Kinds whose durations are waits of ours; shortening them keeps their order and changes nothing else. */
const WAITING_KINDS = ["retry-policy", "timeout-policy", "target-system"];

/** Copies the shipped definitions to a folder with all waits `factor` times shorter, so that a crash test ends in minutes. */
export function writeFastDefinitions(folder: string, factor: number): string {
  const source = join(ROOT, "definitions");
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".json")) continue;
    const file = join(entry.parentPath, entry.name);
    const target = join(folder, file.slice(source.length));
    const content = JSON.parse(readFileSync(file, "utf8")) as { kind?: string };
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, JSON.stringify(WAITING_KINDS.includes(content.kind ?? "") ? shorten(content, factor) : content));
  }
  return folder;
}

function shorten(value: unknown, factor: number): unknown {
  if (Array.isArray(value)) return value.map((element) => shorten(element, factor));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, key === "title" || key === "description" ? member : shorten(member, factor)]));
  }
  const ms = typeof value === "string" ? parseDurationMs(value) : null;
  return ms === null ? value : formatDuration(Math.max(100, Math.round(ms / factor)));
}
