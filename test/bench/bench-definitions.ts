import { parseArgs } from "node:util";
import { measureImpact } from "./measure-impact.ts";

/** Measures what a proposed release costs to judge: impact reports over open orders. One JSON line per figure; `--quick` shows that it runs. */
const { values: { quick } } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
await measureImpact(quick ? 200 : 10_000);
