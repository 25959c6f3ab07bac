import type { TaskReport } from "../../engine/order/inputs.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import { failedReport } from "./failed-report.ts";

const CODE = /^[A-Za-z0-9_.:-]{1,64}$/;

/**
 * Reads what a target system says about one command; the same words in an answer, a status answer and a callback:
 * `{ status: "accepted" | "inProgress" | "notFound" }`, `{ status: "succeeded", result }`,
 * `{ status: "failed", failure: { code, message, effect? } }`. Undefined when it is none of these.
 */
export function readReport(body: Json | undefined): TaskReport | undefined {
  if (!isJsonObject(body)) return undefined;
  const { status, result } = body;
  if (status === "accepted" || status === "inProgress" || status === "notFound") return { status };
  if (status === "succeeded") return result === undefined ? undefined : { status, result };
  const said = status === "failed" ? readFailure(body["failure"]) : undefined;
  return said && failedReport(said.code, said.effect ?? "NONE", said.message);
}

/** `{ code, message, effect? }` as a target system writes it. A refusal that says nothing about its effect had none. */
export function readFailure(value: Json | undefined): { code: string; message: string; effect?: "PARTIAL" | "POSSIBLE" } | undefined {
  if (!isJsonObject(value)) return undefined;
  const { code, message, effect } = value;
  if (typeof code !== "string" || !CODE.test(code)) return undefined;
  const read = { code, message: typeof message === "string" ? message : code };
  return effect === "PARTIAL" || effect === "POSSIBLE" ? { ...read, effect } : read;
}
