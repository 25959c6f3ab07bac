import type { CompiledRelease } from "../../engine/language/compiled-release.ts";

/** The title of a customer-visible status by its key alone, as lists have it; the key itself when no map knows it. */
export function statusTitle(key: string, release: CompiledRelease): string {
  for (const { definition } of release.milestoneMaps.values()) {
    const title = definition.statuses.find((status) => status.key === key)?.title;
    if (title !== undefined) return title["en"] ?? Object.values(title)[0] ?? key;
  }
  return key;
}
