import { expect, it } from "vitest";
import type { Order } from "../../../engine/order/order.ts";
import { changesBetween } from "../../../engine/interpret/changes.ts";
import { loadOrders, orderStatements, readOrder } from "../../../server/store/order-store.ts";
import { literal } from "../../../server/store/sql.ts";
import { createOrderCache } from "../../../server/store/order-cache.ts";
import { diamondRelease } from "../../bench/diamond-release.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createStand, DONE, START } from "../work/stand.ts";

forEachDatabase((_name, open) => {
  it("an order is rebuilt from its rows exactly as it was, whatever part of it changed", async () => {
    const { database } = await open();
    const stand = await createStand(database, diamondRelease());
    let before = await stand.begin("o1");

    for (const change of CHANGES) {
      const after: Order = { ...before, ...change(before), aggregateVersion: before.aggregateVersion + 1 };
      await save(before, after);
      expect(await readOrder(database, "o1")).toEqual(json(after));
      before = (await readOrder(database, "o1")) ?? before;
    }
    const [row] = await stand.rows("SELECT external_id, priority, region, release_digest, blocked FROM orders");
    expect(row).toEqual({ external_id: "new", priority: 7, region: null, release_digest: "another", blocked: 0 });

    async function save(from: Order, to: Order): Promise<void> {
      const { items, tasks, milestones, cases } = changesBetween(from, to);
      const touched = { items: new Set(items), tasks: new Set(tasks), milestones: new Set(milestones), cases: new Set(cases) };
      await database.write(orderStatements([{ before: from, after: to, touched, customerStatus: null, targetSystemOf: () => null, at: START }]));
    }
  });

  it("what intake accepted of an item is written again only when it changes, and rows from before it stood apart are read", async () => {
    const { database } = await open();
    const stand = await createStand(database, diamondRelease());
    const started = await stand.begin("o1");
    const line = async () => (await stand.rows("SELECT line FROM order_items"))[0]?.["line"];
    const first = await line();
    expect(JSON.parse(String(first))).toMatchObject({ id: "1", offering: started.items[0]?.offering });

    await stand.report("o1", "t1", DONE);
    expect(await line()).toBe(first);

    const expected = await stand.order("o1");
    const [item] = expected?.items ?? [];
    await database.write([{ sql: `UPDATE order_items SET line=NULL, body=${literal(JSON.stringify(item))}` }]);
    expect((await readOrder(database, "o1"))?.items).toEqual([item]);
  });

  it("many orders are loaded with one query per table", async () => {
    const { database } = await open();
    const stand = await createStand(database, diamondRelease());
    const ids = ["o1", "o2", "o3"];
    for (const id of ids) await stand.begin(id);
    await stand.report("o2", "t1", DONE);
    let queries = 0;

    const orders = await loadOrders((...texts) => {
      queries += texts.length;
      return database.select(...texts);
    }, [...ids, "nobody"]);

    expect(queries).toBe(6);
    expect([...orders.keys()].sort()).toEqual(ids);
    for (const id of ids) expect(orders.get(id)).toEqual(await stand.order(id));
  });

  it("the cache keeps so many orders, forgets those used longest ago and those that are finished", async () => {
    const { database } = await open();
    const stand = await createStand(database, diamondRelease());
    const order = await stand.begin("o1");
    const cache = createOrderCache(2);
    for (const id of ["a", "b"]) cache.put({ ...order, id });

    cache.get("a");
    cache.put({ ...order, id: "c" });
    expect(["a", "b", "c"].map((id) => cache.get(id)?.id)).toEqual(["a", undefined, "c"]);
    cache.put({ ...order, id: "a", completedAt: START });
    expect(cache.get("a")).toBeUndefined();
    cache.clear();
    expect(cache.get("c")).toBeUndefined();
  });
});

const CHANGES: readonly ((order: Order) => Partial<Order>)[] = [
  () => ({ priority: 7, externalId: "new", region: null }),
  ({ release }) => ({ release: { ...release, digest: "another" } }),
  ({ items }) => ({ items: items.map((item) => ({ ...item, characteristics: { note: "it's \"quoted\"\\" } })) }),
  ({ tasks }) => ({ tasks: tasks.map((task) => ({ ...task, outputs: { n: 1e21, nothing: null, text: "日本 🏠", nested: [{ a: [] }] } })) }),
  ({ plan, tasks }) => ({
    plan: plan && { ...plan, id: "o1/p2", number: 2, graph: { ...plan.graph, tasks: plan.graph.tasks.slice(0, 4) } },
    tasks: tasks.slice(0, 4),
  }),
  () => ({ parkedResults: [{ taskId: "t", inputId: "i", report: { status: "accepted" } }] }),
];

function json(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
