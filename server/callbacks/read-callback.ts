import type { TaskReport } from "../../engine/order/inputs.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { readReport } from "../adapters/read-report.ts";

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}$/;
const ID_CHARS_MAX = 512;

/** What a callback says: the result of a command, or an event that reaches a milestone. */
export type Callback =
  | { readonly kind: "report"; readonly idempotencyKey: string; readonly commandId: string | null; readonly report: TaskReport }
  | {
      readonly kind: "event";
      readonly event: string;
      readonly idempotencyKey: string | null;
      readonly orderId: string | null;
      readonly itemId: string | null;
      readonly data: JsonObject;
    };

/** Reads the body of a callback; undefined when its schema is not one we know. Members we do not know are ignored. */
export function readCallback(body: Json): Callback | undefined {
  if (!isJsonObject(body)) return undefined;
  const idempotencyKey = identifier(body["idempotencyKey"]);
  if (body["event"] !== undefined) {
    const { event, data = {} } = body;
    const orderId = identifier(body["orderId"]);
    if (typeof event !== "string" || !NAME.test(event) || !isJsonObject(data)) return undefined;
    if (idempotencyKey === null && orderId === null) return undefined;
    return { kind: "event", event, idempotencyKey, orderId, itemId: identifier(body["itemId"]), data };
  }
  const report = readReport(body);
  if (idempotencyKey === null || report === undefined || report.status === "inProgress" || report.status === "notFound") return undefined;
  return { kind: "report", idempotencyKey, commandId: identifier(body["commandId"]), report };
}

function identifier(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" && value.length <= ID_CHARS_MAX ? value : null;
}
