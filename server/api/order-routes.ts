import { Router, type Request, type RequestHandler, type Response } from "express";
import { explainOrder } from "../../engine/explain/explain.ts";
import { ORDER_MACHINE, type OrderState } from "../../engine/order/machines.ts";
import { actorOf, allow } from "../identity/authenticate.ts";
import { visibleRegions } from "../identity/authorize.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { problem } from "../problems/problem.ts";
import { ORDER_SORTS, type OrderQuery, type OrderReads } from "../read/order-reads.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import { findOrder, pinnedRelease } from "./find-order.ts";
import { mount } from "./methods.ts";
import { orderLine } from "./order-line.ts";
import { orderView } from "./order-view.ts";
import { setPageHeaders } from "./page-headers.ts";
import { invalid, Query } from "./query.ts";

export interface OrderRoutesDependencies {
  readonly reads: OrderReads;
  readonly releases: ReleaseLookup;
  readonly authenticate: RequestHandler;
}

const ORDER_STATES = Object.keys(ORDER_MACHINE) as readonly OrderState[];
const LIST_PARAMETERS = ["state", "customerStatus", "blocked", "q", "release", "region", "sort", "offset", "limit"] as const;

/** Our own view of orders: list, read model, history, explanation. Reads only. */
export function orderRoutes(dependencies: OrderRoutesDependencies): Router {
  const router = Router();
  const { authenticate } = dependencies;
  mount(router, "/api/orders", { get: [authenticate, allow("order.read"), (request, response) => list(dependencies, request, response)] });
  mount(router, "/api/orders/:id", { get: [authenticate, allow("order.read"), (request, response) => retrieve(dependencies, request, response)] });
  mount(router, "/api/orders/:id/history", { get: [authenticate, allow("order.history"), (request, response) => history(dependencies, request, response)] });
  mount(router, "/api/orders/:id/explain", { get: [authenticate, allow("order.read"), (request, response) => explain(dependencies, request, response)] });
  return router;
}

async function list({ reads, releases }: OrderRoutesDependencies, request: Request, response: Response): Promise<void> {
  const query = Query.read(request, LIST_PARAMETERS);
  const page = await reads.find(toQuery(query, visibleRegions(actorOf(response))));
  setPageHeaders(response, "/api/orders", query, { rows: page.rows.length, total: page.total });
  const found = await reads.orders(page.rows.map(({ id }) => id));
  const orders = [];
  for (const row of page.rows) {
    const order = found.get(row.id);
    if (order !== undefined) orders.push(orderLine(row, order, await pinnedRelease(releases, order)));
  }
  response.json({ orders, total: page.total, ...query.page() });
}

function toQuery(query: Query, regions: readonly string[] | null): OrderQuery {
  const states = query.list("state");
  if (states?.some((state) => !ORDER_STATES.includes(state as OrderState)) === true) throw invalid(`Send states out of ${ORDER_STATES.join(", ")}.`);
  const region = query.text("region");
  if (region !== undefined && regions !== null && !regions.includes(region)) throw invalid("Send one of your own regions as region.");
  const filters = {
    states: states as readonly OrderState[] | undefined,
    customerStatus: query.text("customerStatus"),
    blocked: query.flag("blocked"),
    releaseDigest: query.text("release"),
    anyId: query.text("q"),
  };
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as Partial<OrderQuery>;
  return { ...given, regions: region === undefined ? regions : [region], sort: query.word("sort", ORDER_SORTS) ?? "-acceptedAt", ...query.page() };
}

async function retrieve(dependencies: OrderRoutesDependencies, request: Request, response: Response): Promise<void> {
  Query.read(request, []);
  const order = await findOrder(dependencies.reads, request, response, "order.read");
  const release = await pinnedRelease(dependencies.releases, order);
  const explanation = explainOrder(order, release, await dependencies.reads.waiting(order.id));
  response.json(orderView(order, release, explanation));
}

async function history({ reads }: OrderRoutesDependencies, request: Request, response: Response): Promise<void> {
  const query = Query.read(request, ["after", "limit"]);
  const after = query.integer("after", 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const limit = query.integer("limit", 1, SERVER_LIMITS.historyPageMax) ?? SERVER_LIMITS.historyPageMax;
  const order = await findOrder(reads, request, response, "order.history");
  const entries = await reads.journal(order.id, after, limit);
  const last = entries.at(-1);
  const reached = last === undefined ? after : last.firstVersion + last.events.length - 1;
  response.json({ productOrderId: order.id, aggregateVersion: order.aggregateVersion, entries, next: reached < order.aggregateVersion && last !== undefined ? reached : null });
}

async function explain(dependencies: OrderRoutesDependencies, request: Request, response: Response): Promise<void> {
  const task = Query.read(request, ["task"]).text("task");
  const order = await findOrder(dependencies.reads, request, response, "order.read");
  const release = await pinnedRelease(dependencies.releases, order);
  const explanation = explainOrder(order, release, await dependencies.reads.waiting(order.id));
  if (task === undefined) {
    response.json(explanation);
    return;
  }
  const taskId = order.plan?.graph.tasks.find((planned) => planned.id === task || `${planned.itemId}/${planned.key}` === task)?.id;
  const tasks = explanation.tasks.filter((explained) => explained.taskId === taskId);
  if (tasks.length === 0) throw problem("task-not-found", "Take the task from the steps of the order.");
  response.json({ ...explanation, tasks });
}
