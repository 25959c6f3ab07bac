import type { ImpactReport } from "../../engine/impact/impact-report.ts";
import type { Database } from "./database.ts";
import type { Row } from "./dialect.ts";
import { literal } from "./sql.ts";
import { insertMissing, upsertInto } from "./table.ts";
import { IMPACT_REPORTS } from "./tables.ts";

/** One report as it is stored: running, done with its result, or failed with the reason. */
export interface StoredImpactReport {
  readonly id: string;
  readonly releaseDigest: string;
  readonly releaseName: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly state: "running" | "done" | "failed";
  readonly assessed: number;
  readonly total: number;
  readonly updatedAt: string;
  readonly report: ImpactReport | null;
  readonly error: string | null;
}

/** Begins a report; one that is there already stays as it is. */
export async function insertImpactReport(database: Database, report: StoredImpactReport): Promise<void> {
  await database.write(insertMissing(IMPACT_REPORTS, [toRow(report)]));
}

/** Writes how a report stands. */
export async function updateImpactReport(database: Database, report: StoredImpactReport): Promise<void> {
  await database.write(upsertInto(IMPACT_REPORTS, [toRow(report)]));
}

export async function readImpactReport(database: Database, id: string): Promise<StoredImpactReport | null> {
  const [rows = []] = await database.select(`SELECT * FROM impact_reports WHERE id=${literal(id)}`);
  return rows[0] ? fromRow(rows[0]) : null;
}

/** Reports without their results, the newest first. */
export async function listImpactReports(database: Database, limit: number): Promise<readonly StoredImpactReport[]> {
  const [rows = []] = await database.select(
    `SELECT id, release_digest, release_name, requested_by, requested_at, state, assessed, total, updated_at, NULL AS report, error FROM impact_reports ORDER BY requested_at DESC, id LIMIT ${limit}`,
  );
  return rows.map(fromRow);
}

/** Forgets all but the newest. */
export async function forgetImpactReports(database: Database, kept: number): Promise<void> {
  await database.write([{ sql: `DELETE FROM impact_reports WHERE id NOT IN (SELECT id FROM impact_reports ORDER BY requested_at DESC, id LIMIT ${kept})` }]);
}

function toRow(report: StoredImpactReport) {
  return {
    id: report.id, release_digest: report.releaseDigest, release_name: report.releaseName, requested_by: report.requestedBy, requested_at: report.requestedAt,
    state: report.state, assessed: report.assessed, total: report.total, updated_at: report.updatedAt, report: report.report && JSON.stringify(report.report), error: report.error,
  };
}

function fromRow(row: Row): StoredImpactReport {
  const report = row["report"];
  const error = row["error"];
  return {
    id: String(row["id"]), releaseDigest: String(row["release_digest"]), releaseName: String(row["release_name"]), requestedBy: String(row["requested_by"]),
    requestedAt: String(row["requested_at"]), state: String(row["state"]) as StoredImpactReport["state"], assessed: Number(row["assessed"]), total: Number(row["total"]),
    updatedAt: String(row["updated_at"]), report: typeof report === "string" ? (JSON.parse(report) as ImpactReport) : null, error: typeof error === "string" ? error : null,
  };
}
