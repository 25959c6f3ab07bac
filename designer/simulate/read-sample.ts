import type { OrderEvent } from "../../engine/order/events.ts";
import { checkScriptLine } from "../../engine/simulate/check-script-line.ts";
import { completeOrder } from "../../engine/simulate/complete-order.ts";
import type { ScriptLine } from "../../engine/simulate/script.ts";
import { formatInstant, parseInstant } from "../../engine/support/instant.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { simulate as words } from "../strings/simulate.ts";
import type { RunRequest } from "../worker/simulation-service.ts";

/** Without a script work takes its usual time. */
const NO_SCRIPT: readonly ScriptLine[] = [{ pace: "USUAL" }];

/**
 * An order to run, from what somebody pasted: an order in the domain's words, an exported run or scenario that holds one, or
 * lines of `orderloom export-orders`, of which the first order is taken. Throws an error that says what is wrong.
 */
export function readSample(order: string, script: string, startAt: string): RunRequest {
  const at = parseInstant(startAt);
  if (at === null) throw new Error(words.noInstant);
  const found = readOrder(order);
  const lines = script.trim() === "" ? (found.script ?? NO_SCRIPT) : readScript(JSON.parse(script) as Json);
  return { order: completeOrder(found.order), startAt: found.startAt ?? formatInstant(at), script: lines };
}

interface Found {
  readonly order: JsonObject;
  readonly startAt?: string;
  readonly script?: readonly ScriptLine[];
}

function readOrder(text: string): Found {
  const exported = text.trimStart().startsWith("{\"release\"") || text.trimStart().startsWith("{\"journal\"");
  if (exported) return fromExport(text);
  const json = JSON.parse(text) as Json;
  if (!isJsonObject(json)) throw new Error(words.noOrder);
  if (isJsonObject(json["order"])) {
    const { startAt, script } = json;
    return { order: json["order"], ...(typeof startAt === "string" && { startAt }), ...(script !== undefined && { script: readScript(script) }) };
  }
  if (!Array.isArray(json["items"])) throw new Error(words.noOrder);
  return { order: json };
}

function fromExport(text: string): Found {
  for (const line of text.split("\n").filter((part) => part.trim() !== "")) {
    const json = JSON.parse(line) as { readonly journal?: readonly { readonly at: string; readonly events: readonly OrderEvent[] }[] };
    const [first] = json.journal ?? [];
    const submitted = first?.events.find((event) => event.type === "OrderSubmitted");
    if (first !== undefined && submitted?.type === "OrderSubmitted") return { order: submitted.order as unknown as JsonObject, startAt: first.at };
  }
  throw new Error(words.noOrder);
}

function readScript(json: Json): readonly ScriptLine[] {
  const lines = isJsonObject(json) ? json["script"] : json;
  if (!Array.isArray(lines)) throw new Error(words.noScript);
  const problems = (lines as readonly Json[]).flatMap((line, position) => checkScriptLine(line).map((problem) => words.scriptLine(position + 1, problem)));
  if (problems.length > 0) throw new Error(problems.join(" "));
  return lines as readonly ScriptLine[];
}
