import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import { compile } from "../../engine/language/compile.ts";
import type { NewOrder } from "../../engine/order/order.ts";
import type { ScriptLine } from "../../engine/simulate/script.ts";
import { simulate } from "../../engine/simulate/simulate.ts";
import { canonicalJson } from "../../engine/support/canonical-json.ts";
import type { Json } from "../../engine/support/json.ts";

/** One simulation to run. */
export interface SimulationCase {
  readonly order: NewOrder;
  readonly script: readonly ScriptLine[];
  readonly at: string;
}

/**
 * Compiles the definitions and runs every case; each answer is the event log as JSON lines, the digest of the release
 * before it and the final state behind it. The very same function runs in Node and, bundled, in the browser.
 */
export async function runAll(definitions: readonly DefinitionFile[], cases: readonly SimulationCase[]): Promise<readonly string[]> {
  const compilation = compile(definitions, { name: "determinism" });
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.diagnostics));
  const logs: string[] = [];
  for (const { order, script, at } of cases) {
    const { journal, ...rest } = await simulate(order, compilation.release, script, at);
    const lines = [...journal, rest].map((entry) => canonicalJson(entry as unknown as Json));
    logs.push([compilation.release.digest, ...lines].join("\n"));
  }
  return logs;
}

/** The browser's way in: one text in, so that nothing but JSON crosses the border. */
Object.assign(globalThis, {
  runAll: (text: string) => {
    const { definitions, cases } = JSON.parse(text) as { readonly definitions: readonly DefinitionFile[]; readonly cases: readonly SimulationCase[] };
    return runAll(definitions, cases);
  },
});
