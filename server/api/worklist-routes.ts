import { Router, type Request, type RequestHandler, type Response } from "express";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { actorOf, allow } from "../identity/authenticate.ts";
import { visibleRegions } from "../identity/authorize.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import type { ManualTaskRow, WorkReads } from "../read/work-reads.ts";
import { mount } from "./methods.ts";
import { setPageHeaders } from "./page-headers.ts";
import { Query } from "./query.ts";

export interface WorklistRoutesDependencies {
  readonly workReads: WorkReads;
  readonly releases: ReleaseLookup;
  readonly authenticate: RequestHandler;
  readonly now: () => string;
}

/** What waits for people, over all orders: manual tasks, fallout cases, and what the cases have in common. Reads only. */
export function worklistRoutes(dependencies: WorklistRoutesDependencies): Router {
  const router = Router();
  const { authenticate } = dependencies;
  mount(router, "/api/manual-tasks", { get: [authenticate, allow("manual-task.read"), (request, response) => manualTasks(dependencies, request, response)] });
  mount(router, "/api/cases", { get: [authenticate, allow("case.read"), (request, response) => cases(dependencies, request, response)] });
  mount(router, "/api/cases/causes", { get: [authenticate, allow("case.read"), (request, response) => causes(dependencies, request, response)] });
  return router;
}

async function manualTasks({ workReads, releases, now }: WorklistRoutesDependencies, request: Request, response: Response): Promise<void> {
  const query = Query.read(request, ["queue", "role", "claimedBy", "claimed", "overdue", "offset", "limit"]);
  const filters = present({ queue: query.text("queue"), role: query.text("role"), claimedBy: query.text("claimedBy"), claimed: query.flag("claimed"), dueBefore: overdue(query, now()) });
  const page = await workReads.manualTasks({ ...filters, regions: visibleRegions(actorOf(response)), ...query.page() });
  setPageHeaders(response, "/api/manual-tasks", query, { rows: page.rows.length, total: page.total });
  const manualTasks = [];
  for (const row of page.rows) manualTasks.push(manualTaskView(row, await releases.byDigest(row.releaseDigest), now()));
  response.json({ manualTasks, total: page.total, ...query.page() });
}

async function cases({ workReads, now }: WorklistRoutesDependencies, request: Request, response: Response): Promise<void> {
  const query = Query.read(request, ["state", "queue", "severity", "fingerprint", "overdue", "offset", "limit"]);
  const state = query.word("state", ["open", "closed", "all"]) ?? "open";
  const filters = present({
    state: state === "all" ? undefined : state === "open" ? ("OPEN" as const) : ("CLOSED" as const),
    queue: query.text("queue"), severity: query.text("severity"), fingerprint: query.text("fingerprint"), dueBefore: overdue(query, now()),
  });
  const page = await workReads.cases({ ...filters, regions: visibleRegions(actorOf(response)), ...query.page() });
  setPageHeaders(response, "/api/cases", query, { rows: page.rows.length, total: page.total });
  const lines = page.rows.map(({ orderId, case: found, ...rest }) => ({ productOrderId: orderId, ...rest, ...found, overdue: found.state === "OPEN" && found.slaDueAt !== null && found.slaDueAt < now() }));
  response.json({ cases: lines, total: page.total, ...query.page() });
}

async function causes({ workReads }: WorklistRoutesDependencies, request: Request, response: Response): Promise<void> {
  const query = Query.read(request, ["queue", "severity", "offset", "limit"]);
  const page = await workReads.causes({ ...present({ queue: query.text("queue"), severity: query.text("severity") }), regions: visibleRegions(actorOf(response)), ...query.page() });
  setPageHeaders(response, "/api/cases/causes", query, { rows: page.rows.length, total: page.total });
  response.json({ causes: page.rows, total: page.total, ...query.page() });
}

/** A manual task as its queue shows it: what to do, and what may be decided, by the release of its order. */
function manualTaskView(row: ManualTaskRow, release: CompiledRelease | null, now: string) {
  const { orderId, itemId, taskId, manual, ...rest } = row;
  const definition = manual.manualTask === null ? undefined : release?.manualTasks.get(manual.manualTask)?.definition;
  return {
    productOrderId: orderId,
    itemId,
    taskId,
    // `<itemId>/<taskKey>`, the part of the address that names the task.
    id: taskId.slice(taskId.indexOf(`/${itemId}/`, orderId.length) + 1),
    ...rest,
    ...manual,
    overdue: manual.dueAt !== null && manual.dueAt < now,
    title: definition?.title ?? null,
    action: definition?.action ?? null,
    outcomes: definition?.outcomes ?? [],
  };
}

function overdue(query: Query, now: string): string | undefined {
  return query.flag("overdue") === true ? now : undefined;
}

/** What was asked for: a filter that was left out does not filter. */
function present<T extends object>(filters: T): { readonly [name in keyof T]?: Exclude<T[name], undefined> } {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as { readonly [name in keyof T]?: Exclude<T[name], undefined> };
}
