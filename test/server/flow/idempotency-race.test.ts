import { expect, it } from "vitest";
import type { Work } from "../../../server/work/contract.ts";
import { graphOrder, planRelease } from "../../bench/plan-release.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createStand, START, type Stand } from "../work/stand.ts";

const RELEASE = planRelease({ name: "test.race", tasks: [{ key: "a" }] });
const TOMORROW = "2026-03-03T09:00:00.000Z";

/** An order without quote and external id: only the idempotency key keeps it from being made twice. */
function submit(stand: Stand, orderId: string, key: string, requestHash = "h1"): ReturnType<Stand["unitOfWork"]["handle"]> {
  const work: Work = {
    orderId,
    input: { type: "SubmitOrder", id: `submit/${orderId}`, at: stand.clock.now(), order: graphOrder(orderId), correlationId: orderId },
    intake: { releaseDigest: RELEASE.digest, intentKeys: [], idempotency: { scope: "order.submit|web", key, requestHash, status: 201, response: `{"id":"${orderId}"}`, expiresAt: TOMORROW } },
  };
  return stand.unitOfWork.handle(work);
}

forEachDatabase((name, open) => {
  it.skipIf(name === "sqlite")("two processes that take the same request at once make one order: the other is told the key is taken", async () => {
    const { database, again } = await open();
    const first = await createStand(database, RELEASE, { limits: { retryDelayMs: 1 } });
    const second = await createStand(again(), RELEASE, { clock: first.clock, limits: { retryDelayMs: 1 } });

    for (let round = 0; round < 20; round++) {
      const results = await Promise.all([submit(first, `a${round}`, `k${round}`), submit(second, `b${round}`, `k${round}`)]);
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(["applied", "key-taken"]);
    }

    expect(await first.rows("SELECT count(*) AS orders FROM orders")).toMatchObject([{ orders: expect.anything() as unknown }]);
    expect(Number((await first.rows("SELECT count(*) AS orders FROM orders"))[0]?.["orders"])).toBe(20);
    expect(await first.rows("SELECT key FROM idempotency_keys LEFT JOIN orders ON orders.id=idempotency_keys.order_id WHERE orders.id IS NULL")).toEqual([]);
  });

  it("a key that is over, and the mark of the same request, may be taken; the mark of another request may not", async () => {
    const { database } = await open();
    const stand = await createStand(database, RELEASE);
    const mark = (key: string, hash: string, expiresAt: string, status: number | null) =>
      database.write([{ sql: `INSERT INTO idempotency_keys (scope,key,request_hash,status,response,order_id,expires_at) VALUES ('order.submit|web','${key}','${hash}',${status ?? "NULL"},NULL,NULL,'${expiresAt}')` }]);
    await mark("over", "h0", START, 201);
    await mark("ours", "h1", TOMORROW, null);
    await mark("theirs", "h2", TOMORROW, null);

    expect((await submit(stand, "o1", "over")).outcome).toBe("applied");
    expect((await submit(stand, "o2", "ours")).outcome).toBe("applied");
    expect((await submit(stand, "o3", "theirs")).outcome).toBe("key-taken");
    expect((await submit(stand, "o4", "ours")).outcome).toBe("key-taken");
  });
});
