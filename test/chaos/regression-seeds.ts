import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Verdict, WorldName } from "./examine.ts";

const FILE = fileURLToPath(new URL("./regression-seeds.json", import.meta.url));

/** A world that once failed, and what it found. */
type KeptSeed = WorldName & { readonly found: readonly string[] };

/** Worlds that failed before: they are replayed before new ones. */
export function regressionSeeds(): readonly KeptSeed[] {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as KeptSeed[]) : [];
}

/** Keeps worlds that failed now, so that every later run begins with them. */
export function keepSeeds(failed: readonly Verdict[]): void {
  const kept = [...regressionSeeds()];
  for (const { world, violations } of failed) {
    if (kept.some(({ seed, store, profile, orders }) => seed === world.seed && store === world.store && profile === world.profile && orders === world.orders)) continue;
    kept.push({ ...world, found: [...new Set(violations.map(({ invariant }) => invariant))].sort() });
  }
  writeFileSync(FILE, `[\n${kept.map((seed) => `  ${JSON.stringify(seed)}`).join(",\n")}\n]\n`);
}
