import { compile } from "../../engine/language/compile.ts";
import { filesOf, minimalRelease } from "../../engine/language/examples/minimal-release.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { NewOrder } from "../../engine/order/order.ts";

/** One task of a plan made for a measurement or a test. */
export interface GraphTask {
  readonly key: string;
  readonly after?: readonly string[];
  /** Work of the engine itself instead of a target system's. */
  readonly internal?: boolean;
  /** FEEL of a lock on the service location. */
  readonly lock?: string;
  readonly system?: string;
}

export interface SystemOptions {
  readonly effects?: { readonly class: "idempotent-key" | "neither" } | { readonly class: "queryable"; readonly settleWindow: string };
  readonly limits?: { readonly concurrency: number; readonly outstanding?: number; readonly ratePerSecond?: number };
  readonly breaker?: { readonly failureRate: number; readonly minimumCalls: number; readonly window: string; readonly openFor: string; readonly probes: number };
  readonly retryBudget?: { readonly share: number; readonly minimum: number; readonly window: string };
}

export interface PlanReleaseOptions {
  readonly name: string;
  readonly tasks: readonly GraphTask[];
  /** Target systems by key; `bench` is there unless named. */
  readonly systems?: { readonly [key: string]: SystemOptions };
  /** Attempts of every command, a second apart. */
  readonly maxAttempts?: number;
  /** Senior operations may move its orders to it. */
  readonly mayMigrate?: boolean;
}

/** What is not measured is as in the minimal release. */
const AS_EVERYWHERE: ReadonlySet<string> = new Set(["dependency-type/success.json", "decision-table/failures.json", "decision-table/fallout.json", "manual-task/repair.json"]);

const GENEROUS = { concurrency: 1_000_000 };

/** A release with one product, `GRAPH`, whose plan is the given graph; compiled by the real compiler. */
export function planRelease({ name, tasks, systems = { bench: {} }, maxAttempts = 3, mayMigrate = false }: PlanReleaseOptions): CompiledRelease {
  const files: { path: string; content: unknown }[] = filesOf(minimalRelease()).filter(({ path }) => AS_EVERYWHERE.has(path));
  const define = (kind: string, key: string, properties: object) =>
    files.push({ path: `${kind}/${key}.json`, content: { kind, key, version: 1, title: key, description: `The ${key} of a measured release.`, ...properties } });
  const typeOf = ({ internal, lock, system = "bench" }: GraphTask) => (internal ? "record" : `work-${system}${lock === undefined ? "" : "-locked"}`);

  define("plan-template", "graph", {
    milestoneMap: "graph", fallout: "fallout", milestones: [], billingTriggers: [],
    tasks: tasks.map((task) => ({
      key: task.key, type: typeOf(task),
      ...(task.internal ? { with: { status: "ACTIVE" } } : {}),
      ...(task.after?.length ? { dependsOn: task.after.map((other) => ({ type: "success", task: other })) } : {}),
    })),
  });
  for (const task of new Map(tasks.map((each) => [typeOf(each), each])).values()) {
    define("task-type", typeOf(task), task.internal ? INTERNAL : {
      category: "PROVISIONING", owner: "bench", targetSystem: task.system ?? "bench", action: "work", work: { by: "system", mode: "command" },
      request: { place: "=item.place.id" },
      evidence: { type: "object", properties: { reference: { type: "string" } }, required: ["reference"] }, outputs: { reference: "=result.reference" },
      retry: "standard", timeout: "patient", compensation: "none",
      ...(task.lock === undefined ? {} : { locks: [{ scope: "service-location", key: task.lock }] }),
    });
  }
  for (const [key, { effects = { class: "idempotent-key" }, limits = GENEROUS, ...flow }] of Object.entries(systems)) {
    define("target-system", key, { adapter: "http", endpoint: "BENCH_ENDPOINT", completion: "response", effects, limits, failures: "failures", ...flow });
  }
  define("retry-policy", "standard", {
    maxAttempts, backoff: { strategy: "FIXED", initialDelay: "PT1S" }, retryOn: { classes: ["TRANSIENT"] }, reconcileFirst: true, onExhausted: "FALLOUT",
  });
  define("timeout-policy", "patient", { steps: [{ after: "PT1H", do: "ESCALATE" }] });
  define("compensation-policy", "none", { compensatable: false, reason: "CORRECT_FORWARD" });
  define("milestone-map", "graph", {
    statusTable: "status", milestones: [{ key: "order-accepted", title: "Received" }],
    statuses: [{ key: "RECEIVED", title: { en: "Received" } }, { key: "DONE", title: { en: "Done" } }],
  });
  define("decision-table", "status", {
    purpose: "customer-status", hitPolicy: "FIRST",
    columns: [{ key: "state", in: "item.state", type: "string" }, { out: "status", type: "string" }],
    rows: [{ id: "done", state: ["COMPLETED"], status: "DONE" }], otherwise: { status: "RECEIVED" },
  });
  define("decision-table", "decomposition", {
    purpose: "decomposition", hitPolicy: "UNIQUE",
    columns: [{ key: "offering", in: "item.offering", type: "string" }, { key: "action", in: "item.action", type: "string" }, { out: "planTemplate", type: "string" }],
    rows: [{ id: "graph", offering: ["GRAPH"], action: ["ADD"], planTemplate: "graph" }],
  });
  if (mayMigrate) {
    define("decision-table", "who-may", {
      purpose: "authority", hitPolicy: "FIRST",
      columns: [{ key: "action", in: "repair.action", type: "string" }, { key: "roles", in: "actor.roles", type: "list" }, { out: "allow", type: "boolean" }, { out: "approverRole", type: "string" }, { out: "evidenceRequired", type: "boolean" }],
      rows: [{ id: "migrate", action: ["MIGRATE_ORDER"], roles: ["senior-operations"], allow: true }], otherwise: { allow: false },
    });
  }
  define("order-schema", "graph", { offerings: ["GRAPH"], quote: { required: false }, order: { type: "object" }, actions: { ADD: { type: "object" } }, breaches: [] });

  const compilation = compile(files, { name });
  if (!compilation.ok) throw new Error(compilation.diagnostics.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  return compilation.release;
}

const INTERNAL = {
  category: "INVENTORY", owner: "bench", action: "record", work: { by: "internal", effect: "INSTALLED_BASE" }, compensation: "none",
  parameters: { type: "object", properties: { status: { type: "string" } }, required: ["status"] }, request: { status: "=with.status" },
};

/** An order for one `GRAPH` at one place. */
export function graphOrder(id: string, { priority = 0, place = "P-1" }: { readonly priority?: number; readonly place?: string } = {}): NewOrder {
  return {
    id, externalId: `ext-${id}`, channel: "web", region: "ID", priority, requestedDate: null, customer: { id: "C-1", name: "Siti" },
    billingAccount: "BA-1", quote: null, contract: null,
    items: [
      {
        id: "1", parentId: null, action: "ADD", offering: "GRAPH", specification: null, quantity: 1, requestedDate: null, place: { id: place },
        appointment: null, product: null, characteristics: { speed: 1000 }, charges: [], qualification: null, relationships: [],
      },
    ],
  };
}
