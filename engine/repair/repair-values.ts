import type { Repair } from "../order/repair.ts";
import { isJsonObject, type Json, type JsonObject } from "../support/json.ts";

/** `values.outputs`: values for outputs by name; null when there are none. */
export function outputsOf({ values }: Repair): JsonObject | null {
  return namedValues(values["outputs"]);
}

/** `values.outputs` of a repair of several tasks: by task key, then by name. */
export function outputsByTask({ values }: Repair): { readonly [taskKey: string]: JsonObject } {
  const all = namedValues(values["outputs"]) ?? {};
  return Object.fromEntries(Object.entries(all).flatMap(([key, outputs]) => (isJsonObject(outputs) ? [[key, outputs]] : [])));
}

/** `values.corrections`: fields of the request by name; null when there are none. */
export function correctionsOf({ values }: Repair): JsonObject | null {
  return namedValues(values["corrections"]);
}

/** `values.queue` and `values.role`: where a person's work goes; what is left out stays. Null when neither is named. */
export function reassignmentOf({ values }: Repair): { readonly queue?: string; readonly role?: string } | null {
  const queue = nonBlank(values["queue"]);
  const role = nonBlank(values["role"]);
  return queue === null && role === null ? null : { ...(queue !== null && { queue }), ...(role !== null && { role }) };
}

/** `values.found`: what became of a command; `succeeded` when nothing is said. Null for any other word. */
export function reconciliationOf({ values }: Repair): "succeeded" | "notFound" | null {
  const found = values["found"] ?? "succeeded";
  return found === "succeeded" || found === "notFound" ? found : null;
}

function namedValues(value: Json | undefined): JsonObject | null {
  return isJsonObject(value) && Object.keys(value).length > 0 ? value : null;
}

function nonBlank(value: Json | undefined): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}
