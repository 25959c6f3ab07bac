import type { Migration } from "../migration-source.ts";

/** No query asks for the commands of an order by itself; the index was written with every dispatch and again when it was settled. */
export const fewerIndexes: Migration = {
  name: "0005-fewer-indexes",
  statements: () => ["DROP INDEX outbox_order"],
};
