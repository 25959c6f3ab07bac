import { Router, type Request, type RequestHandler, type Response } from "express";
import { mayWorkOn } from "../../engine/interpret/manual-access.ts";
import { isJsonObject, type JsonObject } from "../../engine/support/json.ts";
import { actorOf, allow, permit } from "../identity/authenticate.ts";
import { bodyProblem, problem } from "../problems/problem.ts";
import type { WorkResult } from "../work/contract.ts";
import { bodyObject, commandSummary, requiredText, taskIdOf } from "./command-body.ts";
import { findOrder, pathParameter } from "./find-order.ts";
import { jsonBody } from "./json-body.ts";
import { mount } from "./methods.ts";
import { runCommand, type CommandDependencies } from "./run-command.ts";

export interface CommandRoutesDependencies extends CommandDependencies {
  readonly authenticate: RequestHandler;
}

type Handler = (dependencies: CommandRoutesDependencies, request: Request, response: Response) => Promise<void>;

/** What people and outside systems may ask of an order. Each needs a token, an idempotency key and its role. */
export function commandRoutes(dependencies: CommandRoutesDependencies): Router {
  const router = Router();
  const command = (path: string, action: string, handler: Handler): void =>
    mount(router, path, { post: [dependencies.authenticate, allow(action), ...jsonBody(), (request, response) => handler(dependencies, request, response)] });
  command("/api/orders/:id/tasks/:itemId/:taskKey/retry", "task.retry", retryTask);
  command("/api/orders/:id/tasks/:itemId/:taskKey/complete", "task.complete", completeTask);
  command("/api/orders/:id/tasks/:itemId/:taskKey/claim", "task.claim", claimTask);
  command("/api/orders/:id/tasks/:itemId/:taskKey/release", "task.claim", releaseTask);
  command("/api/orders/:id/items/:itemId/hold", "item.hold", holdItem);
  command("/api/orders/:id/items/:itemId/resume", "item.resume", resumeItem);
  command("/api/orders/:id/events", "event.record", recordEvent);
  return router;
}

async function retryTask(dependencies: CommandRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const reason = requiredText(body, "reason");
  const order = await findOrder(dependencies.reads, request, response, "task.retry");
  const taskId = taskIdOf(order, request);
  const actor = actorOf(response);
  await runCommand(dependencies, request, response, {
    operation: `task.retry ${taskId}`,
    order,
    body,
    input: (id, at) => ({ id, at, type: "RetryTask", taskId, reason, actor }),
    accepted: (after) => commandSummary(after, taskId),
  });
}

async function completeTask(dependencies: CommandRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const outcome = requiredText(body, "outcome");
  const form = body["form"] ?? {};
  if (!isJsonObject(form)) throw bodyProblem([{ code: "invalid-value", pointer: "/form", detail: "Send the form as an object." }]);
  const order = await findOrder(dependencies.reads, request, response, "task.complete");
  const taskId = taskIdOf(order, request);
  const task = order.tasks.find((candidate) => candidate.id === taskId);
  const actor = actorOf(response);
  const work = task?.state === "AWAITING_MANUAL_ACTION" && !mayWorkOn(task.manual, actor.roles) ? task.manual : null;
  permit(response, "task.complete", { region: order.region, role: work?.role ?? null });
  await runCommand(dependencies, request, response, {
    operation: `task.complete ${taskId}`,
    order,
    body,
    input: (id, at) => ({ id, at, type: "CompleteManualTask", taskId, outcome, form, evidence: body["evidence"] ?? null, actor }),
    accepted: (after) => commandSummary(after, taskId),
    refused: (result) => (lacksEvidence(result, body) ? problem("repair-evidence-missing", "Supply the evidence the task type asks for.") : undefined),
  });
}

const claimTask: Handler = (dependencies, request, response) => handWork(dependencies, request, response, "ClaimManualTask");
const releaseTask: Handler = (dependencies, request, response) => handWork(dependencies, request, response, "ReleaseManualTask");

async function handWork(dependencies: CommandRoutesDependencies, request: Request, response: Response, type: "ClaimManualTask" | "ReleaseManualTask"): Promise<void> {
  const body = bodyObject(response);
  const order = await findOrder(dependencies.reads, request, response, "task.claim");
  const taskId = taskIdOf(order, request);
  const actor = actorOf(response);
  await runCommand(dependencies, request, response, {
    operation: `${type} ${taskId}`,
    order,
    body,
    input: (id, at) => ({ id, at, type, taskId, actor }),
    accepted: (after) => commandSummary(after, taskId),
  });
}

const holdItem: Handler = (dependencies, request, response) => steerItem(dependencies, request, response, "item.hold", "HoldItem");
const resumeItem: Handler = (dependencies, request, response) => steerItem(dependencies, request, response, "item.resume", "ResumeItem");

async function steerItem(dependencies: CommandRoutesDependencies, request: Request, response: Response, action: string, type: "HoldItem" | "ResumeItem"): Promise<void> {
  const body = bodyObject(response);
  const reason = requiredText(body, "reason");
  const order = await findOrder(dependencies.reads, request, response, action);
  const itemId = pathParameter(request, "itemId");
  if (!order.items.some((item) => item.id === itemId)) throw problem("item-not-found");
  const actor = actorOf(response);
  await runCommand(dependencies, request, response, {
    operation: `${action} ${order.id}/${itemId}`,
    order,
    body,
    input: (id, at) => ({ id, at, type, itemId, reason, actor }),
    accepted: (after) => commandSummary(after, null),
  });
}

async function recordEvent(dependencies: CommandRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const event = requiredText(body, "event");
  const itemId = body["itemId"] === undefined || body["itemId"] === null ? null : requiredText(body, "itemId");
  const data = body["data"] ?? {};
  if (!isJsonObject(data)) throw bodyProblem([{ code: "invalid-value", pointer: "/data", detail: "Send the data of the event as an object." }]);
  const order = await findOrder(dependencies.reads, request, response, "event.record");
  if (itemId !== null && !order.items.some((item) => item.id === itemId)) throw problem("item-not-found");
  await runCommand(dependencies, request, response, {
    operation: `event.record ${order.id}`,
    order,
    body,
    input: (id, at) => ({ id, at, type: "ExternalEventReceived", event, itemId, data }),
    accepted: (after) => commandSummary(after, null),
  });
}

/** True when the engine asked for evidence and none was sent at all. */
function lacksEvidence(result: WorkResult, body: JsonObject): boolean {
  return result.outcome === "rejected" && result.rejection.code === "evidence-invalid" && (body["evidence"] ?? null) === null;
}
