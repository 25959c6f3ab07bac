import type { DispatchTask, QueryTask } from "../../engine/order/commands.ts";
import { formatInstant } from "../../engine/support/instant.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import type { Exchange } from "../../server/adapters/exchange.ts";
import type { Heap } from "./heap.ts";
import type { FakeRecord } from "./history.ts";
import type { Rates } from "./profile.ts";
import type { Random } from "./random.ts";
import type { EffectsClass } from "./world/draw-systems.ts";
import { LOOK } from "./world/draw-task-types.ts";

/** What a fake knows of a command by its key. */
interface Known {
  state: "inProgress" | "succeeded" | "failed";
  result: Json;
  failure: JsonObject | null;
}

export interface FakeDeps {
  readonly heap: Heap;
  readonly random: Random;
  readonly rates: () => Rates;
  /** Sends a callback to the server. */
  readonly callback: (source: string, messageId: string, body: JsonObject) => void;
}

/**
 * A simulated target system with a journal of its own. By its class it honors keys, or can be asked, or neither; the latter
 * two do whatever arrives, however often.
 */
export class Fake {
  readonly journal: FakeRecord[] = [];
  readonly key: string;
  readonly #effects: EffectsClass;
  readonly #completion: "response" | "callback";
  readonly #deps: FakeDeps;
  readonly #known = new Map<string, Known>();
  /** Key -> the newest sending that was refused. */
  readonly #judged = new Map<string, number>();
  readonly #busy = new Map<string, number>();
  #messages = 0;
  #references = 0;

  constructor(key: string, effects: EffectsClass, completion: "response" | "callback", deps: FakeDeps) {
    this.key = key;
    this.#effects = effects;
    this.#completion = completion;
    this.#deps = deps;
  }

  /** Proofs of what a task did here, the earliest first. */
  effectsOf(taskId: string): readonly FakeRecord[] {
    return this.journal.filter((record) => record.kind === "effect" && record.taskId === taskId);
  }

  /** True while work for the task goes on in here. */
  works(taskId: string): boolean {
    return (this.#busy.get(taskId) ?? 0) > 0;
  }

  /** A person does the work by hand. */
  doByHand(command: Pick<DispatchTask, "orderId" | "taskId" | "action">, key: string): string {
    const reference = this.#effect({ ...command, idempotencyKey: key, commandId: `${command.taskId}/by-hand` }, "hand");
    if (key !== "") this.#known.set(key, { state: "succeeded", result: { reference }, failure: null });
    return reference;
  }

  /** A command arrives; `answer` is called with what goes back, at the time it goes back. */
  receive(command: DispatchTask, answer: (exchange: Exchange) => void): void {
    const { heap, random } = this.#deps;
    const { idempotencyKey: key } = command;
    this.#note("request", command, null);
    const workMs = this.#completion === "callback" ? random.spread(200, 4 * 3_600_000) : random.spread(1, 3_000);
    const fate = this.#drawFate();
    if (command.action.startsWith(LOOK)) return heap.after(workMs > 20_000 ? 20 : workMs, () => answer(fate.refusal ?? answered(200, { status: "succeeded", result: { reference: `look-${key.slice(0, 8)}` } })));
    const keyed = this.#effects === "idempotent-key";
    const known = keyed ? this.#known.get(key) : undefined;
    if (known) return heap.after(5, () => answer(this.#repeated(known)));
    // Who honors keys does not do on an old sending, or on a copy of one, what it has refused already.
    const judged = this.#judged.get(key) ?? 0;
    if (keyed && command.attempt <= judged) return heap.after(5, () => answer(answered(409, { code: "STALE", message: "A newer sending was refused." })));
    if (fate.refusal) {
      // A refusal is forgotten by a system that could not take it, and remembered by one that judged it.
      if (keyed) this.#judged.set(key, Math.max(judged, command.attempt));
      if (this.#effects === "queryable" && fate.remembered) this.#known.set(key, { state: "failed", result: null, failure: fate.failure });
      return heap.after(random.spread(1, 500), () => answer(fate.refusal ?? answered(500, {})));
    }
    this.#work(command, workMs, fate.bad, answer);
  }

  #work(command: DispatchTask, workMs: number, bad: "error-after" | "garbage" | "no-evidence" | "deferred" | null, answer: (exchange: Exchange) => void): void {
    const { heap } = this.#deps;
    const { taskId, idempotencyKey: key, commandId } = command;
    const later = this.#completion === "callback" || bad === "deferred";
    this.#busy.set(taskId, (this.#busy.get(taskId) ?? 0) + 1);
    const known: Known = { state: "inProgress", result: null, failure: null };
    this.#known.set(key, known);
    if (later) heap.after(5, () => answer(bad === "error-after" ? answered(500, {}) : answered(202, { status: "accepted" })));
    heap.after(workMs, () => {
      this.#busy.set(taskId, (this.#busy.get(taskId) ?? 1) - 1);
      const reference = this.#effect(command, "command");
      const result: Json = bad === "no-evidence" ? { note: "done, but nothing proves it" } : { reference };
      Object.assign(known, { state: "succeeded", result });
      const body = { status: "succeeded", result };
      if (later) this.#callBack({ ...body, idempotencyKey: key, commandId });
      else answer(bad === "error-after" ? answered(500, {}) : bad === "garbage" ? { kind: "answered", status: 200, body: { text: '{"status":"succ' } } : answered(200, body));
    });
  }

  /** Answers a status query; a system that keeps no record never hears one. */
  ask(command: QueryTask): Exchange {
    const known = this.#known.get(command.idempotencyKey);
    this.journal.push({ system: this.key, kind: "query", at: formatInstant(this.#deps.heap.now), key: command.idempotencyKey, orderId: command.orderId, taskId: command.taskId, action: "query", commandId: command.commandId, reference: null, by: "command", payload: known?.state ?? "notFound" });
    if (!known) return answered(200, { status: "notFound" });
    if (known.state === "failed") return answered(200, { status: "failed", failure: known.failure ?? {} });
    return answered(200, known.state === "succeeded" ? { status: "succeeded", result: known.result } : { status: "inProgress" });
  }

  #repeated(known: Known): Exchange {
    if (known.state === "inProgress") return answered(202, { status: "accepted" });
    return answered(200, { status: "succeeded", result: known.result });
  }

  /** What becomes of an arriving command, drawn once each. */
  #drawFate(): { readonly refusal: Exchange | null; readonly failure: JsonObject | null; readonly remembered: boolean; readonly bad: "error-after" | "garbage" | "no-evidence" | "deferred" | null } {
    const { random } = this.#deps;
    const rates = this.#deps.rates();
    const code = random.pick(["NO_ACCESS", "NOT_POSSIBLE", "TRY_LATER"]);
    const busyStatus = random.pick([429, 503]);
    const draws = ["busy", "transient", "semantic", "out-of-stock", "business", "error-before", "error-after", "garbage", "no-evidence", "deferred"] as const;
    const drawn = draws.filter((name) => random.chance(rates[name]))[0];
    const refuse = (status: number, name: string) => ({ refusal: answered(status, { code: name, message: `Refused: ${name}` }), failure: { code: name, message: `Refused: ${name}` }, remembered: random.chance(0.5), bad: null });
    switch (drawn) {
      case "busy": return { ...refuse(busyStatus, "BUSY"), remembered: false };
      case "transient": return { ...refuse(422, "TRANSIENT"), remembered: false };
      case "semantic": return refuse(422, "SEMANTIC");
      case "out-of-stock": return refuse(409, "OUT_OF_STOCK");
      case "business": return refuse(422, code);
      case "error-before": return { refusal: answered(500, {}), failure: null, remembered: false, bad: null };
      case "error-after": case "garbage": case "no-evidence": case "deferred": return { refusal: null, failure: null, remembered: false, bad: drawn };
      default: return { refusal: null, failure: null, remembered: false, bad: null };
    }
  }

  #effect(command: Pick<DispatchTask, "idempotencyKey" | "orderId" | "taskId" | "action" | "commandId">, by: "command" | "hand"): string {
    this.#references += 1;
    const reference = `${this.key}-R${this.#references}`;
    this.#note("effect", command, reference, by);
    return reference;
  }

  #note(kind: "request" | "effect", command: Pick<DispatchTask, "idempotencyKey" | "orderId" | "taskId" | "action" | "commandId"> & { readonly request?: JsonObject }, reference: string | null, by: "command" | "hand" = "command"): void {
    this.journal.push({
      system: this.key, kind, at: formatInstant(this.#deps.heap.now), key: command.idempotencyKey, orderId: command.orderId, taskId: command.taskId,
      action: command.action, commandId: command.commandId, reference, by, payload: command.request ?? {},
    });
  }

  /** Message numbers begin at 1 in every system: only together with their source do they name a message. */
  #callBack(body: JsonObject): void {
    this.#messages += 1;
    this.#deps.callback(this.key, `m-${this.#messages}`, body);
  }
}

function answered(status: number, body: JsonObject): Exchange {
  return { kind: "answered", status, body: { text: JSON.stringify(body) } };
}
