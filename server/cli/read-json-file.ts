import { readFileSync } from "node:fs";
import { fillOrder } from "../../examples/orders/fill-order.ts";
import type { Json } from "../../engine/support/json.ts";
import { EnvironmentError, InputError } from "./usage-error.ts";

/** Reads a JSON file that the caller names; `what` is its name in messages. */
export function readJsonFile(path: string, what: string): Json {
  const text = readText(path, what);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new InputError(`${path}: ${what} is not JSON: ${messageOf(error)}`);
  }
}

/** Reads an order and fills its placeholders, so that `{{now+P4D}}` lies four days after `now`. */
export function readOrderFile(path: string, now: string): Json {
  const text = readText(path, "the order");
  try {
    return fillOrder(text, now) as Json;
  } catch (error) {
    throw new InputError(`${path}: the order cannot be read: ${messageOf(error)}`);
  }
}

function readText(path: string, what: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new EnvironmentError(`${path}: ${what} cannot be read (${messageOf(error)}).`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
