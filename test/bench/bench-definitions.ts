import { parseArgs } from "node:util";
import { measureCheck, measureLookups, measureTableAnalysis } from "./measure-checks.ts";
import { measureImpact } from "./measure-impact.ts";

/** What a release costs before an order comes, and to judge over the open ones. A new measurement is a line here. */
const MEASUREMENTS: { readonly [name: string]: (quick: boolean) => void | Promise<void> } = {
  "check": measureCheck,
  "analyze-table": measureTableAnalysis,
  "lookup": measureLookups,
  "impact": (quick) => measureImpact(quick ? 200 : 10_000),
};

/** One JSON line per figure; a name as argument measures only that, `--quick` shows that it runs. */
const { values: { quick }, positionals: [only] } = parseArgs({ allowPositionals: true, options: { quick: { type: "boolean", default: false } } });
if (only !== undefined && !Object.hasOwn(MEASUREMENTS, only)) throw new Error(`Name one of ${Object.keys(MEASUREMENTS).join(", ")}, not ${only}.`);
for (const [name, measure] of Object.entries(MEASUREMENTS)) if (only === undefined || only === name) await measure(quick);
