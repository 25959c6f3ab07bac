import { Router, type Request, type RequestHandler, type Response } from "express";
import type { Order } from "../../engine/order/order.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { actorOf, allow, permit } from "../identity/authenticate.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { bodyProblem, problem, type FieldProblem } from "../problems/problem.ts";
import type { WorkResult } from "../work/contract.ts";
import { findOrder, pathParameter } from "./find-order.ts";
import { jsonBody, readBody } from "./json-body.ts";
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
  command("/api/orders/:id/items/:itemId/resume", "item.resume", resumeItem);
  command("/api/orders/:id/events", "event.record", recordEvent);
  return router;
}

async function retryTask(dependencies: CommandRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const reason = textOf(body, "reason");
  const order = await findOrder(dependencies.reads, request, response, "task.retry");
  const taskId = taskIdOf(order, request);
  const actor = actorOf(response);
  await runCommand(dependencies, request, response, {
    operation: `task.retry ${taskId}`,
    order,
    body,
    input: (id, at) => ({ id, at, type: "RetryTask", taskId, reason, actor }),
    accepted: (after) => summary(after, taskId),
  });
}

async function completeTask(dependencies: CommandRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const outcome = textOf(body, "outcome");
  const form = body["form"] ?? {};
  if (!isJsonObject(form)) throw bodyProblem([{ code: "invalid-value", pointer: "/form", detail: "Send the form as an object." }]);
  const order = await findOrder(dependencies.reads, request, response, "task.complete");
  const taskId = taskIdOf(order, request);
  const task = order.tasks.find((candidate) => candidate.id === taskId);
  permit(response, "task.complete", { region: order.region, role: task?.state === "AWAITING_MANUAL_ACTION" ? task.manual.role : null });
  const actor = actorOf(response);
  await runCommand(dependencies, request, response, {
    operation: `task.complete ${taskId}`,
    order,
    body,
    input: (id, at) => ({ id, at, type: "CompleteManualTask", taskId, outcome, form, evidence: body["evidence"] ?? null, actor }),
    accepted: (after) => summary(after, taskId),
    refused: (result) => (lacksEvidence(result, body) ? problem("repair-evidence-missing", "Supply the evidence the task type asks for.") : undefined),
  });
}

async function resumeItem(dependencies: CommandRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const reason = textOf(body, "reason");
  const order = await findOrder(dependencies.reads, request, response, "item.resume");
  const itemId = pathParameter(request, "itemId");
  if (!order.items.some((item) => item.id === itemId)) throw problem("item-not-found");
  const actor = actorOf(response);
  await runCommand(dependencies, request, response, {
    operation: `item.resume ${order.id}/${itemId}`,
    order,
    body,
    input: (id, at) => ({ id, at, type: "ResumeItem", itemId, reason, actor }),
    accepted: (after) => summary(after, null),
  });
}

async function recordEvent(dependencies: CommandRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const event = textOf(body, "event");
  const itemId = body["itemId"] === undefined || body["itemId"] === null ? null : textOf(body, "itemId");
  const data = body["data"] ?? {};
  if (!isJsonObject(data)) throw bodyProblem([{ code: "invalid-value", pointer: "/data", detail: "Send the data of the event as an object." }]);
  const order = await findOrder(dependencies.reads, request, response, "event.record");
  if (itemId !== null && !order.items.some((item) => item.id === itemId)) throw problem("item-not-found");
  await runCommand(dependencies, request, response, {
    operation: `event.record ${order.id}`,
    order,
    body,
    input: (id, at) => ({ id, at, type: "ExternalEventReceived", event, itemId, data }),
    accepted: (after) => summary(after, null),
  });
}

function bodyObject(response: Response): JsonObject {
  const body = readBody(response);
  if (!isJsonObject(body)) throw bodyProblem([{ code: "invalid-value", pointer: "", detail: "Send one JSON object." }]);
  return body;
}

function textOf(body: JsonObject, name: string): string {
  const value = body[name];
  const refuse = (code: FieldProblem["code"], detail: string) => bodyProblem([{ code, pointer: `/${name}`, detail }]);
  if (value === undefined || value === null) throw refuse("required", "Add this property.");
  if (typeof value !== "string" || value.trim() === "") throw refuse("invalid-value", "Send a text that is not empty.");
  if (value.length > SERVER_LIMITS.textCharacters) throw refuse("invalid-value", `Send at most ${SERVER_LIMITS.textCharacters} characters.`);
  return value;
}

/** The id of the task the path names by item and key. */
function taskIdOf(order: Order, request: Request): string {
  const itemId = pathParameter(request, "itemId");
  const key = pathParameter(request, "taskKey");
  const planned = order.plan?.graph.tasks.find((task) => task.itemId === itemId && task.key === key);
  if (planned === undefined) throw problem("task-not-found");
  return planned.id;
}

/** True when the engine asked for evidence and none was sent at all. */
function lacksEvidence(result: WorkResult, body: JsonObject): boolean {
  return result.outcome === "rejected" && result.rejection.code === "evidence-invalid" && (body["evidence"] ?? null) === null;
}

/** What a command changed, short: the read model has the rest. */
function summary(order: Order, taskId: string | null): Json {
  const task = order.tasks.find((candidate) => candidate.id === taskId);
  return {
    productOrderId: order.id,
    internalState: order.state,
    aggregateVersion: order.aggregateVersion,
    ...(task === undefined ? {} : { task: { taskId: task.id, state: task.state, attempts: task.attempts } }),
  };
}
