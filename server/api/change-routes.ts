import { Router, type Request, type RequestHandler, type Response } from "express";
import { assessAmendment } from "../../engine/change/assess-amendment.ts";
import { assessCancellation } from "../../engine/change/assess-cancellation.ts";
import type { ChangeRequest } from "../../engine/order/change.ts";
import type { NewItem, Order } from "../../engine/order/order.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import { actorOf, allow } from "../identity/authenticate.ts";
import { checkOrder } from "../intake/check-order.ts";
import { problem } from "../problems/problem.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import { bodyObject, commandSummary, optionalText, refuse, requiredText } from "./command-body.ts";
import { expectedVersion, versionTag } from "./expected-version.ts";
import { findOrder, pinnedRelease } from "./find-order.ts";
import { jsonBody } from "./json-body.ts";
import { mount } from "./methods.ts";
import { Query } from "./query.ts";
import { quoteView } from "./quote-view.ts";
import { readWantedItems } from "./read-wanted-items.ts";
import { runCommand, type CommandDependencies } from "./run-command.ts";

export interface ChangeRoutesDependencies extends CommandDependencies {
  readonly releases: ReleaseLookup;
  readonly authenticate: RequestHandler;
}

/** Cancellation and amendment of an order: first the quote, which changes nothing, then the request itself (G2-G4, G9). */
export function changeRoutes(dependencies: ChangeRoutesDependencies): Router {
  const router = Router();
  const { authenticate } = dependencies;
  mount(router, "/api/orders/:id/cancellation-quote", { get: [authenticate, allow("order.cancel"), (request, response) => quoteCancellation(dependencies, request, response)] });
  mount(router, "/api/orders/:id/cancellation", {
    post: [authenticate, allow("order.cancel"), ...jsonBody(), (request, response) => cancel(dependencies, request, response)],
  });
  mount(router, "/api/orders/:id/amendment-quote", {
    post: [authenticate, allow("order.amend"), ...jsonBody(), (request, response) => quoteAmendment(dependencies, request, response)],
  });
  mount(router, "/api/orders/:id/amendment", {
    post: [authenticate, allow("order.amend"), ...jsonBody(), (request, response) => amend(dependencies, request, response)],
  });
  return router;
}

/** What cancelling would do and cost; nothing is changed. */
async function quoteCancellation(dependencies: ChangeRoutesDependencies, request: Request, response: Response): Promise<void> {
  const query = Query.read(request, ["items", "reason"]);
  const order = await findOrder(dependencies.reads, request, response, "order.cancel");
  const items = query.list("items") ?? null;
  if (items?.some((id) => !order.items.some((item) => item.id === id)) === true) throw problem("item-not-found");
  const release = await pinnedRelease(dependencies.releases, order);
  const assessment = assessCancellation(order, release, items, query.text("reason") ?? "");
  response.set("ETag", versionTag(order.aggregateVersion)).json(quoteView(order, release, "CANCEL", assessment));
}

async function cancel(dependencies: ChangeRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const reason = requiredText(body, "reason");
  const itemIds = readItemIds(body);
  const version = expectedVersion(request, body);
  const order = await findOrder(dependencies.reads, request, response, "order.cancel");
  const actor = actorOf(response);
  await runCommand(dependencies, request, response, {
    operation: `order.cancel ${order.id}`,
    order,
    body,
    input: (id, at) => ({ id, at, type: "RequestCancellation", itemIds, reason, expectedVersion: version, actor }),
    accepted: (after) => outcome(after, after.changes.findLast(({ type }) => type === "CANCEL")),
  });
}

/** What an amendment would do and cost; nothing is changed. */
async function quoteAmendment(dependencies: ChangeRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const order = await findOrder(dependencies.reads, request, response, "order.amend");
  const wanted = await readAcceptable(dependencies, order, body);
  const release = await pinnedRelease(dependencies.releases, order);
  const assessment = assessAmendment(order, release, wanted, optionalText(body, "reason") ?? "");
  response.set("ETag", versionTag(order.aggregateVersion)).json(quoteView(order, release, "AMEND", assessment));
}

async function amend(dependencies: ChangeRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const reason = requiredText(body, "reason");
  const version = expectedVersion(request, body);
  const order = await findOrder(dependencies.reads, request, response, "order.amend");
  const wanted = await readAcceptable(dependencies, order, body);
  const actor = actorOf(response);
  await runCommand(dependencies, request, response, {
    operation: `order.amend ${order.id}`,
    order,
    body,
    input: (id, at) => ({ id, at, type: "RequestAmendment", items: wanted, reason, expectedVersion: version, actor }),
    accepted: (after) => outcome(after, after.changes.findLast(({ type }) => type === "AMEND")),
  });
}

/** The wanted items, if intake would take them: the same schemas and rules as at acceptance, for what is amended. */
async function readAcceptable({ releases, now }: ChangeRoutesDependencies, order: Order, body: JsonObject): Promise<readonly NewItem[]> {
  const wanted = readWantedItems(order, body);
  const release = await pinnedRelease(releases, order);
  const items = order.items.map((item) => wanted.find(({ id }) => id === item.id) ?? item);
  const concerned = wanted.map(({ id }) => `/items/${order.items.findIndex((item) => item.id === id)}`);
  const errors = checkOrder({ ...order, items }, release, now()).flatMap((reason) => {
    const place = concerned.findIndex((pointer) => reason.pointer === pointer || reason.pointer.startsWith(`${pointer}/`));
    return place < 0 ? [] : [{ ...reason, pointer: reason.pointer.replace(concerned[place] ?? "", `/items/${place}`) }];
  });
  if (errors.length > 0) throw problem("order-not-acceptable", "Correct every reason listed under errors and ask for the change again.", { errors });
  return wanted;
}

function readItemIds(body: JsonObject): readonly string[] | null {
  const items = body["items"] ?? null;
  if (items === null) return null;
  if (!Array.isArray(items) || items.length === 0 || !items.every((id) => typeof id === "string")) throw refuse("items", "invalid-value", "Send a list of item ids, or leave it out for the whole order.");
  return items;
}

/** Where the change stands; null when what was asked for was so already. */
function outcome(order: Order, change: ChangeRequest | undefined): Json {
  if (change === undefined) return { ...commandSummary(order, null), change: null };
  const { id, type, state, itemIds, fee, approverRole, requestedBy, requestedAt, settledAt } = change;
  const approval = order.approvals.find(({ state: stands, subject }) => stands === "PENDING" && subject.type === "change" && subject.changeId === id);
  return {
    ...commandSummary(order, null),
    change: { id, type, state, itemIds, fee, approverRole, requestedBy, requestedAt, settledAt, approvalId: approval?.id ?? null },
  };
}
