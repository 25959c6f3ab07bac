import { expect, it } from "vitest";
import { EVENT_VERSION } from "../../../engine/order/upcast/upcast-events.ts";
import { journalRow, readJournal } from "../../../server/store/journal-store.ts";
import { literal } from "../../../server/store/sql.ts";
import { insertInto } from "../../../server/store/table.ts";
import { JOURNAL } from "../../../server/store/tables.ts";
import { forEachDatabase } from "../../support/database.ts";

const AT = "2026-11-02T09:00:00.000Z";

forEachDatabase((_name, open) => {
  it("events written before their version was recorded are read as those of today", async () => {
    const { database } = await open();
    const old = [{ type: "TaskManualActionRequired", at: AT, taskId: "t" }];
    const values = ["o1", AT, "in-1", "c", "r", JSON.stringify(old)].map(literal).join(",");
    await database.write([{ sql: `INSERT INTO journal (order_id,at,causation_id,correlation_id,release_digest,events,first_version,last_version) VALUES (${values},1,1)` }]);

    expect((await readJournal(database, "o1")).flatMap(({ events }) => events)).toEqual([{ ...old[0], escalateAt: null }]);
  });

  it("what is written carries the version it is written in", async () => {
    const { database } = await open();
    const entry = { orderId: "o1", firstVersion: 1, at: AT, causationId: "in-1", correlationId: "c", releaseDigest: "r", events: [{ type: "OrderCompleted", at: AT }] } as const;
    await database.write(insertInto(JOURNAL, [journalRow(entry)]));

    const [rows = []] = await database.select("SELECT event_version FROM journal");
    expect(rows.map((row) => Number(row["event_version"]))).toEqual([EVENT_VERSION]);
    expect(await readJournal(database, "o1")).toEqual([entry]);
  });
});
