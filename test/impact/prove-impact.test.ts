import { describe, expect, it } from "vitest";
import { proveImpact } from "./prove-impact.ts";

const SEED = Number(process.env["ORDERLOOM_PROPERTY_SEED"] ?? 20261102);

describe(`G7 the impact report, proven on random worlds (seed ${SEED}; the full proof: npm run prove:impact)`, () => {
  it("what it predicts is what happens when the orders are migrated and run to their end", async () => {
    const result = await proveImpact(SEED, { worlds: 4, ordersPerWorld: 5, editsPerWorld: 5 });
    expect(result.broken).toEqual([]);
    expect(result.assessed).toBe(100);
    expect(Object.keys(result.classes)).toEqual(["blocked", "could-adopt", "unaffected"]);
  }, 120_000);
});
