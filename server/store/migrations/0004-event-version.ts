import type { Migration } from "../migration-source.ts";

/** The version in which the events of a row were written. Rows from before it was recorded are of the first. */
export const eventVersion: Migration = {
  name: "0004-event-version",
  statements: () => [`ALTER TABLE journal ADD COLUMN event_version INTEGER NOT NULL DEFAULT 1`],
};
