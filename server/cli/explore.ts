import { explore } from "../../engine/explore/explore.ts";
import { matrixOf } from "../../engine/explore/matrix.ts";
import { representativeOrder } from "../../engine/explore/representative-order.ts";
import { canonicalJson } from "../../engine/support/canonical-json.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { NewOrder } from "../../engine/order/order.ts";
import type { Json } from "../../engine/support/json.ts";
import { compileFolder } from "./compile-folder.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printMatrix } from "./print-matrix.ts";
import { readOrderFile } from "./read-json-file.ts";
import type { Terminal } from "./terminal.ts";
import { toSimulatedOrder } from "./to-simulated-order.ts";
import { InputError } from "./usage-error.ts";

/** Explorations do not depend on the day they are made on. */
const EXPLORED_AT = "2026-11-02T09:00:00.000Z";

/**
 * `orderloom explore TEMPLATE`: cancels a plan template in every state it can reach, and prints where that is safe, where
 * it is refused, and where it would leave something behind. Ends with 1 when something is unsafe.
 */
export async function exploreCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, value, flag } = parseArguments(args, {
    values: ["definitions", "order"],
    flags: ["json"],
    positionals: { atLeast: 1, atMost: 1, missing: "Name the plan template." },
  });
  const dir = value("definitions") ?? "definitions";
  const { release } = await compileFolder(dir);
  if (release === null) throw new InputError(`The definitions in ${dir} do not compile; run "orderloom check ${dir}" to see why.`);
  const template = positionals[0] ?? "";
  if (!release.planTemplates.has(template)) throw new InputError(`There is no plan template "${template}" in ${dir}.`, [`It has ${[...release.planTemplates.keys()].join(", ")}.`]);
  const exploration = await explore(template, orderFor(template, release, value("order")), release, EXPLORED_AT);
  const matrix = matrixOf(exploration);
  if (flag("json")) terminal.print(canonicalJson({ ...exploration, matrix } as unknown as Json));
  else printMatrix(exploration, matrix, terminal);
  return matrix.counts.unsafe > 0 ? 1 : 0;
}

function orderFor(template: string, release: CompiledRelease, file: string | undefined): NewOrder {
  if (file !== undefined) return toSimulatedOrder(readOrderFile(file, EXPLORED_AT), release, EXPLORED_AT);
  const order = representativeOrder(template, release, EXPLORED_AT);
  if (order === null) throw new InputError(`No order could be made up that leads to "${template}".`, ["Name one with --order ORDER.json."]);
  return order;
}
