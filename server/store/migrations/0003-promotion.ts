import type { Migration } from "../migration-source.ts";

/** Change sets and their steps, promotions; a published release and what was written down about it never change. */
export const promotion: Migration = {
  name: "0003-promotion",
  statements: ({ text, clustered, frozen }) => [
    `CREATE TABLE change_sets (
      name ${text} PRIMARY KEY, branch ${text} NOT NULL, author ${text} NOT NULL, title TEXT NOT NULL, reason TEXT NOT NULL, state ${text} NOT NULL,
      reviewed_commit ${text}, release_digest ${text}, created_at ${text} NOT NULL, updated_at ${text} NOT NULL, revision INTEGER NOT NULL)${clustered}`,
    `CREATE UNIQUE INDEX change_sets_branch ON change_sets (branch)`,
    `CREATE INDEX change_sets_updated ON change_sets (updated_at, name)`,
    `CREATE TABLE change_steps (
      change_set ${text} NOT NULL REFERENCES change_sets (name), number INTEGER NOT NULL, at ${text} NOT NULL, actor ${text} NOT NULL, action ${text} NOT NULL,
      commit_id ${text}, text TEXT NOT NULL, details TEXT NOT NULL, PRIMARY KEY (change_set, number))${clustered}`,
    `CREATE TABLE promotions (
      commit_id ${text} PRIMARY KEY, kind ${text} NOT NULL CHECK (kind IN ('seed', 'promotion', 'rollback')), release_name ${text} NOT NULL,
      digest ${text} NOT NULL REFERENCES releases (digest), change_set ${text} REFERENCES change_sets (name), before_commit ${text},
      actor ${text} NOT NULL, at ${text} NOT NULL, reason TEXT NOT NULL)${clustered}`,
    `CREATE INDEX promotions_digest ON promotions (digest)`,

    `ALTER TABLE active_releases ADD COLUMN commit_id ${text}`,
    `ALTER TABLE active_releases ADD COLUMN activated_by ${text}`,
    `ALTER TABLE active_releases ADD COLUMN kind ${text}`,
    `ALTER TABLE active_releases ADD COLUMN reason TEXT`,
    `ALTER TABLE write_guard ADD COLUMN stale_change_set INTEGER NOT NULL DEFAULT 0`,

    ...["releases", "active_releases", "change_steps", "promotions"].flatMap(frozen),
  ],
};
