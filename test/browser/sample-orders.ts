import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { JournalEntry, OrderEventType } from "../../engine/order/events.ts";
import { evolve } from "../../engine/order/evolve.ts";
import type { Order } from "../../engine/order/order.ts";
import type { ScriptLine } from "../../engine/simulate/script.ts";
import { simulate } from "../../engine/simulate/simulate.ts";
import { addMs } from "../../engine/support/instant.ts";
import type { Json } from "../../engine/support/json.ts";
import { fillOrder } from "../../examples/orders/fill-order.ts";
import { toNewOrder } from "../../server/tmf/to-new-order.ts";
import { loadDefinitions } from "../support/load-definitions.ts";

export interface SampleOrder {
  readonly order: Order;
  readonly journal: readonly JournalEntry[];
}

interface Sample {
  readonly file: string;
  readonly script?: readonly ScriptLine[];
  /** The order is shown as it stood right after the first event of this type; to the end without it. */
  readonly stopAfter?: OrderEventType;
  readonly acceptedMinutesAgo: number;
}

const SAMPLES: readonly Sample[] = [
  { file: "home-fiber", stopAfter: "OrderSubmitted", acceptedMinutesAgo: 0 },
  { file: "home-fiber", acceptedMinutesAgo: 4 },
  { file: "home-fiber", script: [{ task: "1/activate-network", does: "TAKE_EFFECT_THEN_TIME_OUT" }], stopAfter: "TaskOutcomeBecameUnknown", acceptedMinutesAgo: 1 },
  { file: "home-fiber", script: [{ task: "1/reserve-ont", does: "FAIL", code: "BUSY", httpStatus: 503, message: "The pool is busy" }], stopAfter: "TaskRetryScheduled", acceptedMinutesAgo: 2 },
  { file: "home-fiber", script: [{ task: "1/activate-network", does: "FAIL", code: "PORT_TAKEN", httpStatus: 422, message: "The port is already assigned" }], acceptedMinutesAgo: 95 },
  { file: "home-fiber", script: [{ task: "1/field-installation", does: "FAIL", code: "NO_ACCESS", httpStatus: 422, message: "Nobody was at home" }], acceptedMinutesAgo: 210 },
  { file: "contact-center", stopAfter: "TaskAccepted", acceptedMinutesAgo: 3 },
  { file: "managed-office", stopAfter: "ItemCompleted", acceptedMinutesAgo: 25 },
  { file: "furniture", acceptedMinutesAgo: 60 * 24 * 4 },
  { file: "home-fiber-modify", acceptedMinutesAgo: 70 },
  { file: "home-fiber-disconnect", acceptedMinutesAgo: 60 * 26 },
];

/** The shipped release. */
export function shippedRelease(): CompiledRelease {
  const compiled = compile(loadDefinitions(), { name: "2026.11.0" });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics, null, 1));
  return compiled.release;
}

/** Orders in many states, made by the interpreter itself. */
export async function sampleOrders(release: CompiledRelease, now: string): Promise<readonly SampleOrder[]> {
  return Promise.all(SAMPLES.map((sample, position) => makeSample(sample, position, release, now)));
}

async function makeSample({ file, script, stopAfter, acceptedMinutesAgo }: Sample, position: number, release: CompiledRelease, now: string): Promise<SampleOrder> {
  const at = addMs(now, -acceptedMinutesAgo * 60_000);
  const text = readFileSync(fileURLToPath(new URL(`../../examples/orders/${file}.json`, import.meta.url)), "utf8");
  const mapped = toNewOrder(fillOrder(text, at, String(118_204 + position * 37)) as Json, `ord-sample-${position + 1}`);
  if (!mapped.ok) throw new Error(`${file}: ${JSON.stringify(mapped.problems)}`);
  const { journal, order } = await simulate(mapped.order, release, script ?? [], at);
  return stopAfter === undefined ? { order, journal } : cut(journal, stopAfter);
}

/** The journal up to the entry with the first such event, and the order as it stood then. */
function cut(journal: readonly JournalEntry[], stopAfter: OrderEventType): SampleOrder {
  const end = journal.findIndex(({ events }) => events.some(({ type }) => type === stopAfter));
  const kept = journal.slice(0, end + 1);
  let order: Order | null = null;
  for (const event of kept.flatMap(({ events }) => events)) order = evolve(order, event);
  if (order === null || end < 0) throw new Error(`The sample never reaches ${stopAfter}`);
  return { order, journal: kept };
}
