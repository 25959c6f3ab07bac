import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import type { OpenChange } from "../../server/promotion/open-changes.ts";
import type { Kind } from "../../engine/language/kinds.ts";
import { KIND_LOOKS } from "../look/kind-look.ts";
import type { Use } from "../worker/references.ts";
import type { FileChangeKind } from "../workspace/workspace.ts";
import { changedFiles, isDefinition } from "../workspace/workspace.ts";
import type { Files } from "../workspace/history.ts";

/** One line of the library. */
export interface LibraryRow {
  readonly path: string;
  readonly kind: Kind;
  readonly key: string;
  readonly title: string;
  readonly description: string;
  /** Version in the live release; null when it is new. */
  readonly liveVersion: number | null;
  readonly change: FileChangeKind | null;
  /** Open drafts of others that change it. */
  readonly others: readonly OpenChange[];
  readonly errors: number;
  readonly warnings: number;
  /** Paths of the definitions that name it. */
  readonly usedBy: readonly string[];
}

export interface LibraryFilter {
  readonly kind?: string | undefined;
  readonly view?: string | undefined;
  readonly q?: string | undefined;
}

/** All definitions of the draft with what the library says about each: what the draft changes first, then kind by kind as the library names them, each by title. */
export function libraryRows(baseFiles: Files, files: Files, diagnostics: readonly Diagnostic[], uses: readonly Use[], others: readonly OpenChange[] = []): readonly LibraryRow[] {
  const changes = changedFiles(baseFiles, files);
  const problems = countBy(diagnostics, ({ file, severity }) => `${severity} ${file}`);
  const usedBy = new Map<string, Set<string>>();
  for (const { from, to } of uses) if (from !== to) (usedBy.get(to) ?? usedBy.set(to, new Set()).get(to))?.add(from);
  const rows: LibraryRow[] = [];
  for (const path of new Set([...files.keys(), ...baseFiles.keys()])) {
    const content = files.get(path)?.content ?? baseFiles.get(path)?.content;
    if (!isDefinition(content)) continue;
    const live = baseFiles.get(path)?.content;
    rows.push({
      path, kind: content.kind, key: content.key, title: content.title, description: content.description,
      liveVersion: isDefinition(live) ? live.version : null,
      change: changes.get(path) ?? null,
      others: others.filter(({ paths }) => paths.includes(path)),
      errors: problems.get(`error ${path}`) ?? 0, warnings: problems.get(`warning ${path}`) ?? 0,
      usedBy: [...(usedBy.get(path) ?? [])].sort(),
    });
  }
  return rows.sort((a, b) => Number(a.change === null) - Number(b.change === null) || placeOf(a.kind) - placeOf(b.kind) || a.title.localeCompare(b.title, "en") || (a.path < b.path ? -1 : 1));
}

/** A kind's place among all. */
function placeOf(kind: Kind): number {
  return KINDS.indexOf(kind);
}

const KINDS = Object.keys(KIND_LOOKS);

/** Nothing names it, although something should: a scenario stands for itself. */
export function isUnused({ kind, usedBy }: LibraryRow): boolean {
  return kind !== "scenario" && usedBy.length === 0;
}

/** The rows a filter lets through. Words are looked for in title and key, all of them. */
export function filterRows(rows: readonly LibraryRow[], { kind, view, q = "" }: LibraryFilter): readonly LibraryRow[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (kind !== undefined && row.kind !== kind) return false;
    if (view === "drafts" && row.change === null) return false;
    if (view === "others" && row.others.length === 0) return false;
    if (view === "problems" && row.errors + row.warnings === 0) return false;
    if (view === "unused" && !isUnused(row)) return false;
    const name = `${row.title} ${row.key}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
