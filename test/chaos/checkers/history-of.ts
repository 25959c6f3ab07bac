import type { OrderEvent } from "../../../engine/order/events.ts";
import type { Order } from "../../../engine/order/order.ts";
import type { PlannedTask } from "../../../engine/order/plan.ts";
import type { FakeRecord, History } from "../history.ts";
import type { Dump } from "../store.ts";

export const AT = "2026-11-02T10:00:00.000Z";
export const LATER = "2026-11-02T11:00:00.000Z";

/** Some events of an order in one journal entry. */
export interface EntrySketch {
  readonly orderId?: string;
  readonly causationId?: string;
  readonly at?: string;
  readonly firstVersion?: number;
  readonly releaseDigest?: string;
  readonly events: readonly EventSketch[];
}

/** An event of which only what matters is said. */
export type EventSketch = { readonly type: OrderEvent["type"] } & { readonly [member: string]: unknown };

/** The smallest history that says what a checker must hear: everything that is not said is empty. */
export function historyOf(sketch: { readonly entries?: readonly EntrySketch[]; readonly orders?: readonly object[]; readonly dump?: Partial<Dump> } & Omit<Partial<History>, "dump">): History {
  const versions = new Map<string, number>();
  const journal = (sketch.entries ?? []).map(({ orderId = "o1", causationId, at = AT, firstVersion, releaseDigest = "r1", events }, position): Dump["journal"][number] => {
    const first = firstVersion ?? (versions.get(orderId) ?? 0) + 1;
    versions.set(orderId, first + events.length - 1);
    return { orderId, firstVersion: first, at, causationId: causationId ?? `in-${position + 1}`, correlationId: "c", releaseDigest, events: events.map((event) => ({ at, ...event })) as unknown as OrderEvent[] };
  });
  const reached = new Map<string, number>();
  const commits = journal.map(({ orderId, events }) => {
    reached.set(orderId, (reached.get(orderId) ?? 0) + events.length);
    return [{ orderId, version: reached.get(orderId) ?? 0 }];
  });
  const { entries: _entries, orders = [], dump, ...more } = sketch;
  return {
    seed: 1, releases: new Map(), systems: new Map(), client: [], fakes: [], callbacks: [], people: [], clock: [], attempted: new Set(), reported: new Set(), itemEnds: new Map(),
    prefixes: [], midways: [], unlike: [], defects: [], healedAt: AT, endedAt: LATER, commits, ...more,
    dump: {
      timers: [], inbox: [], outbox: [], unmatched: [], locks: [], waiting: [], usage: [], intents: [], answers: [], releases: [], journal,
      orders: orders.map((order) => orderWith(order)), ...dump,
    },
  };
}

/** A stored order of which only what matters is said. */
export function orderWith(more: object): Order {
  const order = {
    id: "o1", externalId: null, state: "IN_PROGRESS", aggregateVersion: 0, priority: 0, release: { name: "r", digest: "r1" }, plan: null, items: [], tasks: [], milestones: [], cases: [], changes: [], compensations: [], approvals: [], parkedResults: [],
  };
  return { ...order, ...more } as unknown as Order;
}

/** A task of a plan of which only what matters is said. */
export function plannedTask(id: string, more: object = {}): PlannedTask {
  const task = { id, key: id, itemId: "1", type: "work", title: id, mandatory: true, depth: 0, with: {}, edges: [], source: { by: "template", template: "t", task: 0 }, excluded: null, pointOfNoReturn: "none", omittedEdges: [] };
  return { ...task, ...more } as unknown as PlannedTask;
}

export function planOf(...tasks: readonly PlannedTask[]): EventSketch {
  return { type: "PlanCreated", planId: "o1/p1", number: 1, graph: { tasks, milestones: [] }, items: [], dueMilestones: [] };
}

/** What a system saw or did. */
export function fake(kind: FakeRecord["kind"], taskId: string, more: Partial<FakeRecord> = {}): FakeRecord {
  return { system: "s1", kind, at: AT, key: "k", orderId: "o1", taskId, action: "do", commandId: `${taskId}/do/1`, reference: kind === "effect" ? "R1" : null, by: "command", payload: {}, ...more };
}

export function sent(taskId: string, more: object = {}): EventSketch {
  return { type: "TaskDispatched", taskId, attempt: 1, commandId: `${taskId}/do/1`, idempotencyKey: "k", timeoutAt: null, clockStarts: true, ...more };
}
