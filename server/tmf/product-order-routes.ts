import { Router, type Request, type RequestHandler, type Response } from "express";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Order } from "../../engine/order/order.ts";
import { correlationIdOf } from "../api/correlation.ts";
import { findOrder, pinnedRelease } from "../api/find-order.ts";
import { jsonBody, readBody } from "../api/json-body.ts";
import { mount } from "../api/methods.ts";
import { setPageHeaders } from "../api/page-headers.ts";
import { Query } from "../api/query.ts";
import { sendAnswer } from "../api/send-answer.ts";
import { actorOf, allow, permit } from "../identity/authenticate.ts";
import { authorize, visibleRegions } from "../identity/authorize.ts";
import type { StoredAnswer } from "../intake/idempotency-store.ts";
import { readIdempotencyKey } from "../intake/idempotency-key.ts";
import { findAnswer } from "../intake/replay.ts";
import { requestIdentity } from "../intake/request-identity.ts";
import { submitOrder, type IntakeDependencies, type SubmissionResult } from "../intake/submit-order.ts";
import { bodyProblem, problem, problemBody, type Problem } from "../problems/problem.ts";
import type { OrderReads } from "../read/order-reads.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import { SERVICE_KEY } from "../work/contract.ts";
import { LIST_PARAMETERS, toOrderQuery } from "./list-query.ts";
import { readFields, selectFields } from "./select-fields.ts";
import { toNewOrder } from "./to-new-order.ts";
import { PRODUCT_ORDER_PATH, toProductOrder } from "./to-product-order.ts";

export interface ProductOrderDependencies extends IntakeDependencies {
  readonly reads: OrderReads;
  readonly releases: ReleaseLookup;
  readonly authenticate: RequestHandler;
}

/** TMF622 v4 product orders: create, retrieve, list. */
export function productOrderRoutes(dependencies: ProductOrderDependencies): Router {
  const router = Router();
  const { authenticate } = dependencies;
  mount(router, PRODUCT_ORDER_PATH, {
    get: [authenticate, allow("order.read"), (request, response) => list(dependencies, request, response)],
    post: [authenticate, allow("order.submit"), ...jsonBody(), (request, response) => create(dependencies, request, response)],
  });
  mount(router, `${PRODUCT_ORDER_PATH}/:id`, {
    get: [authenticate, allow("order.read"), (request, response) => retrieve(dependencies, request, response)],
  });
  return router;
}

async function create(dependencies: ProductOrderDependencies, request: Request, response: Response): Promise<void> {
  const actor = actorOf(response);
  const body = readBody(response);
  const key = readIdempotencyKey(request);
  const identity = key === null ? null : requestIdentity("order.submit", actor.id, key, body);
  const known = identity === null ? null : await findAnswer(dependencies.idempotency, identity, dependencies.now());
  if (known !== null) return sendAnswer(response, known, true);

  const mapped = toNewOrder(body, `ord-${dependencies.newId()}`);
  if (!mapped.ok) throw bodyProblem(mapped.problems);
  permit(response, "order.submit", { region: mapped.order.region });

  const correlationId = correlationIdOf(response);
  const result = await submitOrder(dependencies, {
    order: mapped.order,
    actor,
    correlationId,
    request: identity,
    locate: mapped.locate,
    accepted: createdAnswer,
    refused: (refusal) => refusedAnswer(refusal, request, correlationId),
  });
  await answer(dependencies, result, response);
}

async function answer(dependencies: ProductOrderDependencies, result: SubmissionResult, response: Response): Promise<void> {
  if (result.outcome !== "existing") return sendAnswer(response, result.answer, result.outcome === "replayed");
  const existing = await dependencies.reads.order(result.orderId);
  const visible = existing !== null && authorize(actorOf(response), "order.read", { region: existing.region }).allowed;
  throw problem("order-exists", existingOrder(result.intentKey), visible ? { orderId: result.orderId } : {});
}

function existingOrder(intentKey: string): string {
  if (intentKey.startsWith(SERVICE_KEY)) return "An order for this service is under way; wait for its end, or amend or cancel that order.";
  const cause = intentKey.startsWith("quote:") ? "This quote version became an order already" : "An order with this externalId exists already";
  return `${cause}; follow that order, or send a new intent.`;
}

function createdAnswer(order: Order, release: CompiledRelease): StoredAnswer {
  return { status: 201, body: JSON.stringify(toProductOrder(order, release)) };
}

function refusedAnswer(refusal: Problem, request: Request, correlationId: string): StoredAnswer {
  const body = problemBody(refusal, request.path, correlationId);
  return { status: body.status, body: JSON.stringify(body) };
}

async function retrieve(dependencies: ProductOrderDependencies, request: Request, response: Response): Promise<void> {
  const fields = readFields(Query.read(request, ["fields"]));
  const order = await findOrder(dependencies.reads, request, response, "order.read");
  const release = await pinnedRelease(dependencies.releases, order);
  response.json(selectFields(toProductOrder(order, release), fields));
}

async function list(dependencies: ProductOrderDependencies, request: Request, response: Response): Promise<void> {
  const query = Query.read(request, LIST_PARAMETERS);
  const fields = readFields(query);
  const page = await dependencies.reads.find(toOrderQuery(query, visibleRegions(actorOf(response))));
  const orders = await dependencies.reads.orders(page.rows.map((row) => row.id));
  const resources = [];
  for (const row of page.rows) {
    const order = orders.get(row.id);
    if (order !== undefined) resources.push(selectFields(toProductOrder(order, await pinnedRelease(dependencies.releases, order)), fields));
  }
  setPageHeaders(response, PRODUCT_ORDER_PATH, query, { rows: resources.length, total: page.total });
  response.json(resources);
}
