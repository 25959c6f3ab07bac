import { Router, type Request, type RequestHandler, type Response } from "express";
import type { Order } from "../../engine/order/order.ts";
import type { Repair } from "../../engine/order/repair.ts";
import type { Json } from "../../engine/support/json.ts";
import { actorOf, allow } from "../identity/authenticate.ts";
import { problem } from "../problems/problem.ts";
import { approvalView } from "./approval-view.ts";
import { bodyObject, commandSummary, refuse, requiredText } from "./command-body.ts";
import { findOrder, pathParameter } from "./find-order.ts";
import { jsonBody } from "./json-body.ts";
import { mount } from "./methods.ts";
import { Query } from "./query.ts";
import { readRepair } from "./read-repair.ts";
import { runCommand, type CommandDependencies } from "./run-command.ts";

export interface RepairRoutesDependencies extends CommandDependencies {
  readonly authenticate: RequestHandler;
}

/** Repairs of an order and the approvals they, changes and compensations wait for (H3-H5). */
export function repairRoutes(dependencies: RepairRoutesDependencies): Router {
  const router = Router();
  const { authenticate } = dependencies;
  mount(router, "/api/orders/:id/repairs", {
    post: [authenticate, allow("repair.request"), ...jsonBody(), (request, response) => requestRepair(dependencies, request, response)],
  });
  mount(router, "/api/orders/:id/approvals", { get: [authenticate, allow("approval.read"), (request, response) => listApprovals(dependencies, request, response)] });
  mount(router, "/api/orders/:id/approvals/:number/decision", {
    post: [authenticate, allow("approval.decide"), ...jsonBody(), (request, response) => decide(dependencies, request, response)],
  });
  return router;
}

async function requestRepair(dependencies: RepairRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const order = await findOrder(dependencies.reads, request, response, "repair.request");
  const repair = readRepair(order, body);
  const actor = actorOf(response);
  await runCommand(dependencies, request, response, {
    operation: `repair.request ${order.id}`,
    order,
    body,
    input: (id, at) => ({ id, at, type: "RequestRepair", repair, actor }),
    accepted: (after) => outcome(after, repair, actor.id),
  });
}

/** Applied, or waiting for whose agreement. */
function outcome(order: Order, { action, taskId, itemId }: Repair, actorId: string): Json {
  const waiting = order.approvals.findLast(({ state, subject, requestedBy }) =>
    state === "PENDING" && requestedBy === actorId && subject.type === "repair" && subject.repair.action === action && subject.repair.taskId === taskId && subject.repair.itemId === itemId);
  const summary = commandSummary(order, taskId);
  return waiting === undefined
    ? { ...summary, repair: { action, outcome: "applied" } }
    : { ...summary, repair: { action, outcome: "awaiting-approval" }, approval: approvalView(order, waiting) as unknown as Json };
}

async function listApprovals({ reads }: RepairRoutesDependencies, request: Request, response: Response): Promise<void> {
  const state = Query.read(request, ["state"]).word("state", ["PENDING", "CONSUMED", "REFUSED", "VOID"]);
  const order = await findOrder(reads, request, response, "approval.read");
  const approvals = order.approvals.filter((approval) => state === undefined || approval.state === state).map((approval) => approvalView(order, approval));
  response.json({ productOrderId: order.id, aggregateVersion: order.aggregateVersion, approvals });
}

async function decide(dependencies: RepairRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const { approve } = body;
  if (typeof approve !== "boolean") throw refuse("approve", approve === undefined ? "required" : "invalid-value", "Send true or false.");
  const reason = requiredText(body, "reason");
  const stateHash = requiredText(body, "stateHash");
  const order = await findOrder(dependencies.reads, request, response, "approval.decide");
  const number = pathParameter(request, "number");
  const approvalId = `${order.id}/approval/${number}`;
  if (!order.approvals.some(({ id }) => id === approvalId)) throw problem("not-found");
  const actor = actorOf(response);
  await runCommand(dependencies, request, response, {
    operation: `approval.decide ${approvalId}`,
    order,
    body,
    input: (id, at) => ({ id, at, type: "DecideApproval", approvalId, approve, stateHash, reason, actor }),
    accepted: (after) => {
      const approval = after.approvals.find(({ id }) => id === approvalId);
      return { ...commandSummary(after, null), ...(approval && { approval: approvalView(after, approval) as unknown as Json }) };
    },
  });
}
