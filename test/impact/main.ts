import { parseArgs } from "node:util";
import { proveImpact } from "./prove-impact.ts";

/** `npm run prove:impact`: 500 random open orders and 50 random edits; what the report predicts against what happens. */
const { values } = parseArgs({ options: { seed: { type: "string", default: "20261102" }, worlds: { type: "string", default: "10" }, orders: { type: "string", default: "50" }, edits: { type: "string", default: "5" }, world: { type: "string", default: "0" } } });
const size = { worlds: Number(values.worlds), ordersPerWorld: Number(values.orders), editsPerWorld: Number(values.edits) };
process.stdout.write(`seed ${values.seed}: ${size.worlds} worlds of ${size.ordersPerWorld} orders and ${size.editsPerWorld} edits each\n`);
const { broken, ...counts } = await proveImpact(Number(values.seed), size, (world) => process.stdout.write(`world ${world} done\n`), Number(values.world));
process.stdout.write(`${JSON.stringify(counts, null, 2)}\n`);
for (const line of broken.slice(0, 20)) process.stdout.write(`BROKEN ${line}\n`);
process.stdout.write(broken.length === 0 ? "Everything came as predicted.\n" : `${broken.length} predictions did not come true.\n`);
process.exitCode = broken.length === 0 ? 0 : 1;
