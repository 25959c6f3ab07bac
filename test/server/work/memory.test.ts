import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { Order } from "../../../engine/order/order.ts";
import type { WorkResult } from "../../../server/work/contract.ts";
import { planRelease } from "../../bench/plan-release.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createStand } from "./stand.ts";

const ONE = planRelease({ name: "test.one", tasks: [{ key: "a" }] });

/** Commits that follow the one that is watched, none of which may keep it in memory. */
const LATER_COMMITS = 20;

forEachDatabase((_, open) => {
  describe("a process that is never idle", () => {
    it("keeps nothing of commits long past", async () => {
      const { database } = await open();
      const stand = await createStand(database, ONE, { limits: { cachedOrders: 1, worksPerCommit: 1 } });
      let number = 0;
      const submitNext = () => stand.submit(`o${(number += 1)}`);
      // Two more works always wait, so that each commit is decided on top of the one before.
      const waiting = [submitNext(), submitNext(), submitNext()];
      const watched = new WeakRef(orderOf(await waiting.shift()));
      for (let commit = 0; commit < LATER_COMMITS; commit++) {
        waiting.push(submitNext());
        await waiting.shift();
      }
      await collectGarbage();

      expect(watched.deref()).toBeUndefined();
      await Promise.all(waiting);
    });
  });
});

function orderOf(result: WorkResult | undefined): Order {
  if (result?.outcome !== "applied") throw new Error(`The order was not accepted: ${result?.outcome}`);
  return result.order;
}

/** A weak reference holds its object until the turn of the event loop ends in which it was made or read. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  await new Promise(setImmediate);
  (runInNewContext("gc") as () => void)();
}
