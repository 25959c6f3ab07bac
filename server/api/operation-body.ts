import type { Response } from "express";
import { isJsonObject, type JsonObject } from "../../engine/support/json.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { bodyProblem, type FieldProblem } from "../problems/problem.ts";
import { readBody } from "./json-body.ts";

/** The body of an operation: one object of texts, each named, none empty. */
export function operationBody(response: Response, required: readonly string[]): JsonObject & { readonly [name: string]: string } {
  const body = readBody(response);
  if (!isJsonObject(body)) throw bodyProblem([{ code: "invalid-value", pointer: "", detail: "Send one JSON object." }]);
  const errors = [...new Set([...required, ...Object.keys(body)])].flatMap((name) => fault(name, body[name], required));
  if (errors.length > 0) throw bodyProblem(errors);
  return body as JsonObject & { readonly [name: string]: string };
}

function fault(name: string, value: unknown, allowed: readonly string[]): FieldProblem[] {
  const say = (code: FieldProblem["code"], detail: string): FieldProblem[] => [{ code, pointer: `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, detail }];
  if (!allowed.includes(name)) return say("invalid-value", `Send only ${allowed.join(", ")}.`);
  if (value === undefined || value === null) return say("required", "Add this property.");
  if (typeof value !== "string" || value.trim() === "") return say("invalid-value", "Send a text that is not empty.");
  if (value.length > SERVER_LIMITS.textCharacters) return say("invalid-value", `Send at most ${SERVER_LIMITS.textCharacters} characters.`);
  return [];
}
