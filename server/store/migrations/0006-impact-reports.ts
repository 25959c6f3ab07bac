import type { Migration } from "../migration-source.ts";

/** Impact reports: what a proposed release means for the orders that were open. */
export const impactReports: Migration = {
  name: "0006-impact-reports",
  statements: ({ text, clustered }) => [
    `CREATE TABLE impact_reports (
      id ${text} PRIMARY KEY, release_digest ${text} NOT NULL, release_name ${text} NOT NULL, requested_by ${text} NOT NULL, requested_at ${text} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('running', 'done', 'failed')), assessed INTEGER NOT NULL, total INTEGER NOT NULL, updated_at ${text} NOT NULL,
      report TEXT, error TEXT)${clustered}`,
    `CREATE INDEX impact_reports_requested ON impact_reports (requested_at, id)`,
  ],
};
