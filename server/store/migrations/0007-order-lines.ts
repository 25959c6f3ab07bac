import type { Migration } from "../migration-source.ts";

/** What intake accepted of an item, apart from how it stands. In rows from before, `body` holds both. */
export const orderLines: Migration = {
  name: "0007-order-lines",
  statements: ({ text }) => [`ALTER TABLE order_items ADD COLUMN line ${text}`],
};
