import { parseArgs } from "node:util";
import { freshPostgres, freshSqlite, type FreshDatabase } from "../support/fresh-database.ts";
import { startPostgres } from "../support/start-postgres.ts";
import { createBenchStand } from "./bench-stand.ts";
import { diamondRelease } from "./diamond-release.ts";
import { measureTransitions } from "./measure-transitions.ts";
import { measureReleases } from "./measure-releases.ts";
import { report } from "./report.ts";
import { runOrders } from "./run-orders.ts";

/** How many orders each figure is measured over; quick shows that the bench runs, its figures are not worth quoting. */
const ORDERS = {
  full: { alone: 1_000, together: 3_000, warmUp: 500, releases: 200, releasePairs: 9 },
  quick: { alone: 20, together: 200, warmUp: 20, releases: 5, releasePairs: 1 },
} as const;
const IN_FLIGHT = 64;
const PLAN_SIZES = [10, 100, 1_000] as const;

/**
 * Measures whole ten-task orders through unit of work, inbox and outbox with full durability, the cost of one transition by the
 * size of its plan, and of an order by the number of live releases. One JSON line per figure. `sqlite` or `postgresql` as argument measures only that;
 * `--quick` measures over few orders.
 */
async function main(): Promise<void> {
  const { values: { quick }, positionals: [only] } = parseArgs({ allowPositionals: true, options: { quick: { type: "boolean", default: false } } });
  if (only !== undefined && only !== "sqlite" && only !== "postgresql") throw new Error(`Name sqlite or postgresql, not ${only}.`);
  const orders = quick ? ORDERS.quick : ORDERS.full;
  if (only === undefined || only === "sqlite") await measureOn("sqlite", freshSqlite, orders);
  if (only === undefined || only === "postgresql") {
    const postgres = await startPostgres({ durable: true });
    if (postgres.url === null) {
      process.stderr.write(`${postgres.reason}\n`);
      return;
    }
    const { url, stop } = postgres;
    try {
      await measureOn("postgresql", () => freshPostgres(url), orders);
    } finally {
      await stop();
    }
  }
}

async function measureOn(db: string, fresh: () => FreshDatabase | Promise<FreshDatabase>, orders: typeof ORDERS[keyof typeof ORDERS]): Promise<void> {
  for (const inFlight of [1, IN_FLIGHT]) {
    const database = await fresh();
    const stand = await createBenchStand(database.url, [diamondRelease()]);
    const run = (orderId: string) => stand.run(orderId);
    await runOrders(run, "warm", orders.warmUp, inFlight);
    const count = inFlight === 1 ? orders.alone : orders.together;
    const { latenciesMs, seconds, cpuMs } = await runOrders(run, "order", count, inFlight);
    await stand.stop();
    await database.remove();
    const sorted = [...latenciesMs].sort((a, b) => a - b);
    const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    report({ name: "orders-per-second", db, inFlight, value: count / seconds, unit: "orders/s", orders: count });
    report({ name: "order-cpu", db, inFlight, value: cpuMs / count, unit: "ms/order", orders: count });
    report({ name: "order-latency-p50", db, inFlight, value: quantile(0.5), unit: "ms", orders: count });
    report({ name: "order-latency-p99", db, inFlight, value: quantile(0.99), unit: "ms", orders: count });
  }
  const values: number[] = [];
  for (const planTasks of PLAN_SIZES) {
    const database = await fresh();
    const valueMs = await measureTransitions(database.url, planTasks);
    await database.remove();
    values.push(valueMs);
    report({ name: "transition-cost", db, inFlight: 1, value: valueMs, unit: "ms", planTasks });
  }
  report({ name: "transition-growth", db, inFlight: 1, value: (values.at(-1) ?? 0) / (values[0] ?? 1), unit: "times", planTasks: PLAN_SIZES.at(-1) });
  const database = await fresh();
  const growth = await measureReleases(database.url, orders.releases, orders.releasePairs, IN_FLIGHT);
  await database.remove();
  report({ name: "release-growth", db, inFlight: IN_FLIGHT, value: growth, unit: "times", releases: orders.releases });
}

await main();
