import { createBenchStand } from "./bench-stand.ts";
import { diamondRelease } from "./diamond-release.ts";
import { runOrders } from "./run-orders.ts";

/** Orders of one round; rounds of one release and of all take turns, so that both meet the same neighbors. */
const ROUND = 200;
/** Orders of each release before anything is measured. */
const WARM_UP = 15;

/**
 * Times that an order costs more CPU when orders of so many live releases are mixed than when all have the same: the median of
 * pairs of rounds. From intake to completion.
 */
export async function measureReleases(url: string, releases: number, pairs: number, inFlight: number): Promise<number> {
  const first = diamondRelease(0);
  const all = [first, ...Array.from({ length: releases - 1 }, (_, index) => diamondRelease(index + 1))] as const;
  const stand = await createBenchStand(url, all);
  let turn = 0;
  const same = (orderId: string) => stand.run(orderId);
  const mixed = (orderId: string) => stand.run(orderId, all[(turn += 1) % all.length]);
  // Each release becomes as warm as one that is in use: what is compiled late is compiled, what runs often is optimized.
  await runOrders(mixed, "warm", releases * WARM_UP, inFlight);
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const one = await runOrders(same, `one-${pair}`, ROUND, inFlight);
    const many = await runOrders(mixed, `many-${pair}`, ROUND, inFlight);
    ratios.push(many.cpuMs / one.cpuMs);
  }
  await stand.stop();
  ratios.sort((a, b) => a - b);
  return ratios[Math.floor(ratios.length / 2)] ?? 0;
}
