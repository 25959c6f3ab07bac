import type { Request, Response } from "express";
import type { Order } from "../../engine/order/order.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { bodyProblem, problem, type FieldProblem } from "../problems/problem.ts";
import { pathParameter } from "./find-order.ts";
import { readBody } from "./json-body.ts";

/** The body of a command: one object. */
export function bodyObject(response: Response): JsonObject {
  const body = readBody(response);
  if (!isJsonObject(body)) throw bodyProblem([{ code: "invalid-value", pointer: "", detail: "Send one JSON object." }]);
  return body;
}

/** A text that must be there and not empty. */
export function requiredText(body: JsonObject, name: string): string {
  const value = body[name];
  if (value === undefined || value === null) throw refuse(name, "required", "Add this property.");
  if (typeof value !== "string" || value.trim() === "") throw refuse(name, "invalid-value", "Send a text that is not empty.");
  return withinLimit(name, value);
}

/** A text that may be left out. */
export function optionalText(body: JsonObject, name: string): string | null {
  const value = body[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw refuse(name, "invalid-value", "Send a text, or leave the property out.");
  return withinLimit(name, value);
}

/** An object that may be left out; then it is empty. */
export function optionalObject(body: JsonObject, name: string): JsonObject {
  const value = body[name] ?? {};
  if (!isJsonObject(value)) throw refuse(name, "invalid-value", "Send an object, or leave the property out.");
  return value;
}

/** The refusal of one property of the body. */
export function refuse(name: string, code: FieldProblem["code"], detail: string): ReturnType<typeof bodyProblem> {
  return bodyProblem([{ code, pointer: `/${name}`, detail }]);
}

function withinLimit(name: string, value: string): string {
  if (value.length > SERVER_LIMITS.textCharacters) throw refuse(name, "invalid-value", `Send at most ${SERVER_LIMITS.textCharacters} characters.`);
  return value;
}

/** The id of the task the path names by item and key. */
export function taskIdOf(order: Order, request: Request): string {
  const itemId = pathParameter(request, "itemId");
  const key = pathParameter(request, "taskKey");
  const planned = order.plan?.graph.tasks.find((task) => task.itemId === itemId && task.key === key);
  if (planned === undefined) throw problem("task-not-found");
  return planned.id;
}

/** What a command changed, short: the read model has the rest. */
export function commandSummary(order: Order, taskId: string | null): JsonObject {
  const task = order.tasks.find((candidate) => candidate.id === taskId);
  const manual: Json = task?.state === "AWAITING_MANUAL_ACTION" ? { queue: task.manual.queue, role: task.manual.role, claimedBy: task.manual.claimedBy } : null;
  return {
    productOrderId: order.id,
    internalState: order.state,
    aggregateVersion: order.aggregateVersion,
    ...(task === undefined ? {} : { task: { taskId: task.id, state: task.state, attempts: task.attempts, ...(manual && { manual }) } }),
  };
}
