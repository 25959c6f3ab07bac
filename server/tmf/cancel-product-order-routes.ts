import { Router, type Request, type RequestHandler, type Response } from "express";
import type { OrderState } from "../../engine/order/machines.ts";
import type { ChangeRequest } from "../../engine/order/change.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import { pathParameter } from "../api/find-order.ts";
import { jsonBody, readBody } from "../api/json-body.ts";
import { mount } from "../api/methods.ts";
import { setPageHeaders } from "../api/page-headers.ts";
import { invalid, Query } from "../api/query.ts";
import { runCommand, type CommandDependencies } from "../api/run-command.ts";
import { actorOf, allow, permit } from "../identity/authenticate.ts";
import { visibleRegions } from "../identity/authorize.ts";
import { readIdempotencyKey } from "../intake/idempotency-key.ts";
import { bodyProblem, problem, type FieldProblem } from "../problems/problem.ts";
import { workProblem } from "../problems/rejection-problem.ts";
import { Field } from "./field.ts";
import { CANCEL_ORDER_PATH, changeOf, toCancelProductOrder } from "./to-cancel-product-order.ts";

export interface CancelProductOrderDependencies extends CommandDependencies {
  readonly authenticate: RequestHandler;
}

/** States of orders that are, or are being, cancelled: what the list without a filter shows. */
const CANCELLED: readonly OrderState[] = ["ASSESSING_CANCELLATION", "CANCELLING", "CANCELLED"];

const SELECTABLE = [
  "id", "href", "state", "cancellationReason", "requestedCancellationDate", "effectiveCancellationDate", "productOrder", "productOrderItem", "fee", "approverRole", "none",
] as const;

/** TMF622 v4 requests to cancel an order: create, retrieve, list. */
export function cancelProductOrderRoutes(dependencies: CancelProductOrderDependencies): Router {
  const router = Router();
  const { authenticate } = dependencies;
  mount(router, CANCEL_ORDER_PATH, {
    get: [authenticate, allow("order.read"), (request, response) => list(dependencies, request, response)],
    post: [authenticate, allow("order.cancel"), ...jsonBody(), (request, response) => create(dependencies, request, response)],
  });
  mount(router, `${CANCEL_ORDER_PATH}/:id`, {
    get: [authenticate, allow("order.read"), (request, response) => retrieve(dependencies, request, response)],
  });
  return router;
}

/** TMF's contract knows no idempotency key: without one a repeat finds the request that is under way. */
async function create(dependencies: CancelProductOrderDependencies, request: Request, response: Response): Promise<void> {
  const body = readBody(response);
  const { orderId, reason } = readCreate(body, dependencies.now());
  const order = await dependencies.reads.order(orderId);
  if (order === null) throw problem("not-found", "Name an order that exists as productOrder.id.");
  permit(response, "order.cancel", { region: order.region });
  const actor = actorOf(response);
  const input = (id: string, at: string) => ({ id, at, type: "RequestCancellation" as const, itemIds: null, reason, expectedVersion: null, actor });
  if (readIdempotencyKey(request) !== null) {
    return runCommand(dependencies, request, response, { operation: `order.cancel ${order.id}`, order, body, input, status: 201, accepted: latest });
  }
  const result = await dependencies.work.handle({ orderId: order.id, input: input(dependencies.newId(), dependencies.now()) });
  if (result.outcome !== "applied") throw workProblem(result);
  const created = latest(result.order);
  response.status(201).location(created["href"] as string).json(created);
}

/** The newest request to cancel that reaches the whole of what is left. */
function latest(order: Order): JsonObject {
  const change = order.changes.findLast(({ type }) => type === "CANCEL");
  if (change === undefined) throw problem("invalid-transition");
  return toCancelProductOrder(order, change);
}

function readCreate(body: Json, now: string): { readonly orderId: string; readonly reason: string } {
  const problems: FieldProblem[] = [];
  const root = new Field(body, "", problems);
  if (root.object() === null) root.refuse("invalid-value", "Send a request to cancel as one JSON object.");
  for (const name of ["id", "href", "state", "effectiveCancellationDate"]) {
    if (root.get(name).present) root.get(name).refuse("read-only-property", "Leave this property out; the server sets it.");
  }
  const order = root.get("productOrder");
  const id = order.present ? order.get("id").require(order.get("id").text()) : order.require(null);
  const reason = root.get("cancellationReason").text();
  const wanted = root.get("requestedCancellationDate").instant();
  if (wanted !== null && wanted > now) root.get("requestedCancellationDate").refuse("invalid-value", "A cancellation takes effect at once: leave the date out, and send the request when it has come.");
  if (problems.length > 0) throw bodyProblem(problems);
  return { orderId: id ?? "", reason: reason ?? "NOT_GIVEN" };
}

async function retrieve({ reads }: CancelProductOrderDependencies, request: Request, response: Response): Promise<void> {
  const fields = readFields(Query.read(request, ["fields"]));
  const named = changeOf(pathParameter(request, "id"));
  const order = named === null ? null : await reads.order(named.orderId);
  const change = order === null ? undefined : cancellationsOf(order).find(({ id }) => id === named?.changeId);
  if (order === null || change === undefined) throw problem("not-found");
  permit(response, "order.read", { region: order.region });
  response.json(select(toCancelProductOrder(order, change), fields));
}

/**
 * Requests to cancel, of one order (`productOrder.id`) or of all orders that are cancelled or about to be, the newest order
 * first. A page is a page of orders.
 */
async function list({ reads }: CancelProductOrderDependencies, request: Request, response: Response): Promise<void> {
  const query = Query.read(request, ["productOrder.id", "fields", "offset", "limit"]);
  const fields = readFields(query);
  const orderId = query.text("productOrder.id");
  const regions = visibleRegions(actorOf(response));
  const scope = orderId === undefined ? { states: CANCELLED } : { anyId: orderId };
  const page = await reads.find({ ...scope, regions, sort: "-acceptedAt", ...query.page() });
  const ids = page.rows.map(({ id }) => id).filter((id) => orderId === undefined || id === orderId);
  const orders = await reads.orders(ids);
  const found = ids.flatMap((id) => {
    const order = orders.get(id);
    return order === undefined ? [] : cancellationsOf(order).map((change) => toCancelProductOrder(order, change));
  });
  setPageHeaders(response, CANCEL_ORDER_PATH, query, { rows: found.length, total: orderId === undefined ? page.total : found.length });
  response.json(found.map((resource) => select(resource, fields)));
}

function cancellationsOf(order: Order): readonly ChangeRequest[] {
  return order.changes.filter(({ type }) => type === "CANCEL");
}

function readFields(query: Query): readonly string[] | null {
  const names = query.list("fields");
  const known: readonly string[] = SELECTABLE;
  if (names?.some((name) => !known.includes(name)) === true) throw invalid(`Name only these properties in fields: ${SELECTABLE.join(", ")}.`);
  return names ?? null;
}

function select(resource: JsonObject, fields: readonly string[] | null): JsonObject {
  if (fields === null) return resource;
  const wanted = new Set(["id", "href", "@type", ...fields]);
  return Object.fromEntries(Object.entries(resource).filter(([name]) => wanted.has(name)));
}
