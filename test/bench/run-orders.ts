/** What a number of orders took. */
export interface OrdersRun {
  readonly latenciesMs: readonly number[];
  readonly seconds: number;
  /** Time of all processor cores spent by this process, the database of SQLite included. */
  readonly cpuMs: number;
}

/** Runs orders, so many at a time; each gets an id of its own. */
export async function runOrders(run: (orderId: string) => Promise<number>, prefix: string, count: number, inFlight: number): Promise<OrdersRun> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let next = 0;
  const lane = async () => {
    while (next < count) latenciesMs.push(await run(`${prefix}-${String((next += 1)).padStart(6, "0")}`));
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const { user, system } = process.cpuUsage(before);
  return { latenciesMs, seconds: (performance.now() - startedAt) / 1_000, cpuMs: (user + system) / 1_000 };
}
