import { representativeOrder } from "../../engine/explore/representative-order.ts";
import type { ImpactReport } from "../../engine/impact/impact-report.ts";
import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import { evolve } from "../../engine/order/evolve.ts";
import { ORDER_MACHINE } from "../../engine/order/machines.ts";
import type { Order } from "../../engine/order/order.ts";
import { simulate } from "../../engine/simulate/simulate.ts";
import { addMs } from "../../engine/support/instant.ts";
import type { JsonObject } from "../../engine/support/json.ts";
import { assessOrders, type OpenOrder } from "../../server/impact/assess-orders.ts";
import { loadDefinitions } from "../support/load-definitions.ts";
import { report } from "./report.ts";

const START = "2026-11-02T09:00:00.000Z";
const PAGE_ORDERS = 100;

/** One measured report: how long it took in the world and on the processor, and what it said. */
interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly report: ImpactReport;
}

/**
 * Measures an impact report over generated open orders of the shipped release, each standing somewhere else in its life: against
 * a release that changes one product, and against one that changes work of all of them.
 */
export async function measureImpact(orders: number): Promise<void> {
  const files = loadDefinitions();
  const pinned = compiled(files, "bench.pinned");
  const standing = await openOrders(pinned);
  const proposals = [
    ["one-product", changed(files, "plan-template/home-fiber-add.json", addTask)],
    ["every-product", changed(files, "task-type/notify-customer.json", (type) => ({ ...type, request: { ...(type["request"] as JsonObject), tone: "friendly" } }))],
    ["rules-for-failures", changed(files, "decision-table/fallout.json", (table) => ({ ...table, otherwise: { ...(table["otherwise"] as JsonObject), severity: "P3" } }))],
    ["words-alone", changed(files, "plan-template/home-fiber-add.json", (template) => ({ ...template, description: "In other words." }))],
  ] as const;
  for (const [change, proposedFiles] of proposals) {
    const { seconds, cpuSeconds, report: result } = await assess(standing, orders, pinned, compiled(proposedFiles, `bench.${change}`));
    const { unaffected, blocked } = result.classes;
    const counts = { unaffected: unaffected.orders, couldAdopt: result.classes["could-adopt"].orders, blocked: blocked.orders };
    report({ name: "impact-report", db: "none", inFlight: 1, value: seconds, unit: "s", change, orders, cpuSeconds: Math.round(cpuSeconds * 10) / 10, ...counts });
  }
}

async function assess(standing: readonly OpenOrder[], orders: number, pinned: CompiledRelease, proposed: CompiledRelease): Promise<Measured> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const result = await assessOrders({
    pages: () => pages(standing, orders), releaseOf: () => pinned, proposed, at: addMs(START, 86_400_000), clockMs: () => performance.now(), onProgress: () => undefined,
  });
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - startedAt) / 1_000, cpuSeconds: (user + system) / 1_000_000, report: result };
}

/** Orders made anew page by page, as a database would give them: the same lives under other ids. */
async function* pages(standing: readonly OpenOrder[], orders: number): AsyncGenerator<readonly OpenOrder[]> {
  for (let first = 0; first < orders; first += PAGE_ORDERS) {
    await Promise.resolve();
    yield Array.from({ length: Math.min(PAGE_ORDERS, orders - first) }, (_, index) => renamed(standing[(first + index) % standing.length] as OpenOrder, `order-${String(first + index).padStart(6, "0")}`));
  }
}

function renamed({ order, journal }: OpenOrder, id: string): OpenOrder {
  return JSON.parse(JSON.stringify({ order, journal }).replaceAll(`"${order.id}`, `"${id}`)) as OpenOrder;
}

/** Every product at every step of its life. */
async function openOrders(release: CompiledRelease): Promise<readonly OpenOrder[]> {
  const found: OpenOrder[] = [];
  for (const template of release.planTemplates.keys()) {
    const order = representativeOrder(template, release, START);
    if (order === null) continue;
    const { journal } = await simulate({ ...order, id: `base-${template}` }, release, [], START);
    for (let length = 2; length < journal.length; length += 1) {
      const life = journal.slice(0, length);
      const standing = replay(life);
      if (standing && ORDER_MACHINE[standing.state].length > 0) found.push({ order: standing, journal: life });
    }
  }
  return found;
}

function replay(journal: readonly JournalEntry[]): Order | null {
  let order: Order | null = null;
  for (const { events } of journal) for (const event of events) order = evolve(order, event);
  return order;
}

function addTask(template: JsonObject): JsonObject {
  const tasks = template["tasks"] as readonly JsonObject[];
  return { ...template, tasks: [...tasks, { key: "second-check", type: "verify-service", dependsOn: [{ type: "output", task: "activate-network", with: { output: "serviceId" } }, { type: "success", task: "verify-service" }] }] };
}

function changed(files: readonly DefinitionFile[], path: string, change: (definition: JsonObject) => JsonObject): readonly DefinitionFile[] {
  if (!files.some((file) => file.path === path)) throw new Error(`There is no ${path}`);
  return files.map((file) => (file.path === path ? { ...file, content: change(file.content as JsonObject) } : file));
}

function compiled(files: readonly DefinitionFile[], name: string): CompiledRelease {
  const compilation = compile(files, { name });
  if (!compilation.ok) throw new Error(compilation.diagnostics.map(({ file, path, message }) => `${file}${path}: ${message}`).join("\n"));
  return compilation.release;
}
