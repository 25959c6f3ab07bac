import type { DispatchTask, QueryTask } from "../../engine/order/commands.ts";
import type { Exchange } from "../../server/adapters/exchange.ts";
import type { Fake } from "./downstream.ts";
import type { Heap } from "./heap.ts";
import type { Rates } from "./profile.ts";
import type { Random } from "./random.ts";
import { FLIGHT_MAX_MS, type EffectsClass } from "./world/draw-systems.ts";

/** An adapter gives up waiting after this long. */
const ANSWER_TIMEOUT_MS = 10_000;

export interface NetworkDeps {
  readonly heap: Heap;
  readonly random: Random;
  readonly rates: () => Rates;
  readonly fakes: ReadonlyMap<string, Fake>;
  readonly classOf: (system: string) => EffectsClass;
  readonly count: (fault: string) => void;
}

const TIMED_OUT: Exchange = { kind: "unanswered", sent: true, cause: "timeout", detail: `no answer within ${ANSWER_TIMEOUT_MS} ms` };
const RESET: Exchange = { kind: "unanswered", sent: true, cause: "connection", detail: "ECONNRESET" };
const REFUSED: Exchange = { kind: "unanswered", sent: false, cause: "connection", detail: "ECONNREFUSED" };

/** What lies between us and the target systems: delays, losses and repetitions. An exchange ends exactly once, whatever happens. */
export class Network {
  readonly #deps: NetworkDeps;
  readonly #flying = new Map<string, number>();

  constructor(deps: NetworkDeps) {
    this.#deps = deps;
  }

  /** True while a command for the task is on its way to its system. */
  carries(taskId: string): boolean {
    return (this.#flying.get(taskId) ?? 0) > 0;
  }

  send(command: DispatchTask, done: (exchange: Exchange) => void): void {
    const { heap, random, count } = this.#deps;
    const fault = this.#draw();
    const end = once(done);
    heap.after(ANSWER_TIMEOUT_MS, () => end(TIMED_OUT));
    const flightMs = this.#flightMs(command.targetSystem, fault === "slow" || fault === "reset-after");
    if (fault) count(fault);
    if (fault === "drop") return;
    if (fault === "refuse") return heap.after(random.between(1, 50), () => end(REFUSED));
    if (fault === "reset-before") return heap.after(random.between(1, 500), () => end(RESET));
    // The connection breaks, and the request goes on its way all the same.
    if (fault === "reset-after") heap.after(random.between(1, 2_000), () => end(RESET));
    this.#arrive(command, flightMs, (exchange) => {
      if (fault === "silence-after") return;
      const backMs = this.#flightMs(command.targetSystem, false);
      heap.after(backMs, () => end(exchange));
    });
    // Only a system that honors keys may be reached twice by a network that repeats itself; no other could be protected.
    const again = fault === "duplicate" && this.#deps.classOf(command.targetSystem) === "idempotent-key";
    if (again) this.#arrive(command, flightMs + random.spread(1, 600_000), () => undefined);
  }

  query(command: QueryTask, done: (exchange: Exchange) => void): void {
    const { heap, random, rates, fakes, count } = this.#deps;
    const end = once(done);
    const lost = random.chance(rates()["query-lost"]);
    const there = random.spread(1, 2_000);
    const back = random.spread(1, 2_000);
    heap.after(ANSWER_TIMEOUT_MS, () => end(TIMED_OUT));
    if (lost) return count("query-lost");
    heap.after(there, () => {
      const answer = fakes.get(command.targetSystem)?.ask(command);
      if (answer) heap.after(back, () => end(answer));
    });
  }

  #arrive(command: DispatchTask, flightMs: number, answer: (exchange: Exchange) => void): void {
    const { heap, fakes } = this.#deps;
    this.#flying.set(command.taskId, (this.#flying.get(command.taskId) ?? 0) + 1);
    heap.after(flightMs, () => {
      this.#flying.set(command.taskId, (this.#flying.get(command.taskId) ?? 1) - 1);
      fakes.get(command.targetSystem)?.receive(command, answer);
    });
  }

  /** A queryable system's settle window is longer than any flight to it; the others may be reached much later. */
  #flightMs(system: string, slow: boolean): number {
    const { random, classOf } = this.#deps;
    const drawn = random.spread(1, 1_500);
    const late = classOf(system) === "queryable" ? random.between(1_500, FLIGHT_MAX_MS) : random.spread(1_500, 900_000);
    return slow ? late : drawn;
  }

  #draw() {
    const { random, rates } = this.#deps;
    const now = rates();
    const drawn = (["drop", "refuse", "reset-before", "reset-after", "silence-after", "duplicate", "slow"] as const).filter((name) => random.chance(now[name]));
    return drawn[0];
  }
}

function once(done: (exchange: Exchange) => void): (exchange: Exchange) => void {
  let over = false;
  return (exchange) => {
    if (over) return;
    over = true;
    done(exchange);
  };
}
