import type { Select } from "./database.ts";
import type { Row } from "./dialect.ts";
import { literal, type Statement } from "./sql.ts";
import { insertMissing } from "./table.ts";
import { PROMOTIONS } from "./tables.ts";

/** What the target branch may be at, and why: written before the branch moves, never changed. */
export interface PromotionRow {
  readonly commit: string;
  readonly kind: "seed" | "promotion" | "rollback";
  readonly releaseName: string;
  readonly digest: string;
  readonly changeSet: string | null;
  /** Where the branch was. */
  readonly before: string | null;
  readonly actor: string;
  readonly at: string;
  readonly reason: string;
}

export function promotionStatements({ commit, releaseName, changeSet, before, ...row }: PromotionRow): Statement[] {
  return insertMissing(PROMOTIONS, [{ ...row, commit_id: commit, release_name: releaseName, change_set: changeSet, before_commit: before }]);
}

export async function readPromotion(select: Select, commit: string): Promise<PromotionRow | null> {
  const [rows = []] = await select(`SELECT * FROM promotions WHERE commit_id=${literal(commit)}`);
  return rows[0] === undefined ? null : promotionOf(rows[0]);
}

/** The promotion of a change set; null before there is one. */
export async function readPromotionOf(select: Select, changeSet: string): Promise<PromotionRow | null> {
  // An attempt that lost against another one was written down, too; the one that moved the branch is the newest.
  const [rows = []] = await select(`SELECT * FROM promotions WHERE change_set=${literal(changeSet)} ORDER BY at DESC LIMIT 1`);
  return rows[0] === undefined ? null : promotionOf(rows[0]);
}

/** True when this commit, or without one any commit, was the active release at some time. */
export async function wasActivated(select: Select, commit: string | null): Promise<boolean> {
  const [rows = []] = await select(`SELECT number FROM active_releases WHERE ${commit === null ? "commit_id IS NOT NULL" : `commit_id=${literal(commit)}`} LIMIT 1`);
  return rows.length > 0;
}

/** Names that releases have or were about to get. */
export async function readReleaseNames(select: Select): Promise<ReadonlySet<string>> {
  const [rows = []] = await select("SELECT name FROM releases UNION SELECT release_name AS name FROM promotions");
  return new Set(rows.map((row) => String(row["name"])));
}

function promotionOf(row: Row): PromotionRow {
  const text = (column: string) => (typeof row[column] === "string" ? row[column] : null);
  return {
    commit: String(row["commit_id"]),
    kind: String(row["kind"]) as PromotionRow["kind"],
    releaseName: String(row["release_name"]),
    digest: String(row["digest"]),
    changeSet: text("change_set"),
    before: text("before_commit"),
    actor: String(row["actor"]),
    at: String(row["at"]),
    reason: String(row["reason"]),
  };
}
