import type { Instant } from "../language/kinds.ts";
import type { Command } from "../order/commands.ts";
import type { InputBody } from "../order/inputs.ts";

/** Something that happens at an instant. */
export interface Appointment<Body> {
  readonly at: Instant;
  readonly body: Body;
}

interface Entry<Body> extends Appointment<Body> {
  readonly sequence: number;
}

/**
 * What is yet to happen on a virtual clock, and in which order. At one instant, what was put down (answers, people, events)
 * comes before clocks run out, in the order in which it was put down; then the clocks, by id. The server does the same: an
 * answer is taken up when it comes, and it looks for clocks that have run out only once their instant is there, so what is
 * on time is on time.
 */
export class Agenda<Body> {
  readonly #timers: Map<string, Instant>;
  #entries: readonly Entry<Body>[] = [];
  #sequence = 0;

  constructor(timers: Iterable<readonly [string, Instant]> = []) {
    this.#timers = new Map(timers);
  }

  /** What was put down and has not happened yet, clocks apart. */
  get waiting(): readonly Appointment<Body>[] {
    return this.#entries;
  }

  add(at: Instant, body: Body): void {
    this.#sequence += 1;
    this.#entries = [...this.#entries, { at, body, sequence: this.#sequence }];
  }

  /** Puts something down before everything else of its instant. */
  addFirst(at: Instant, body: Body): void {
    this.#entries = [{ at, body, sequence: 0 }, ...this.#entries];
  }

  /** Starts or stops a clock; other commands are none of its business. */
  keepTime(command: Command): void {
    if (command.type === "SetTimer") this.#timers.set(command.timerId, command.dueAt);
    else if (command.type === "CancelTimer") this.#timers.delete(command.timerId);
  }

  /** Takes what happens next; null when nothing does any more. */
  next(): Appointment<Body | Extract<InputBody, { type: "TimerFired" }>> | null {
    const entry = earliest(this.#entries, (one, other) => one.sequence < other.sequence);
    const timer = earliest([...this.#timers].map(([id, at]) => ({ id, at })), (one, other) => one.id < other.id);
    if (entry !== null && (timer === null || entry.at <= timer.at)) {
      this.#entries = this.#entries.filter((other) => other !== entry);
      return entry;
    }
    if (timer === null) return null;
    this.#timers.delete(timer.id);
    return { at: timer.at, body: { type: "TimerFired", timerId: timer.id } };
  }

  /** Changes what waits; null takes it off the agenda. */
  revise(change: (appointment: Appointment<Body>) => Body | null): void {
    this.#entries = this.#entries.flatMap((entry) => {
      const body = change(entry);
      return body === null ? [] : [{ ...entry, body }];
    });
  }

  copy(): Agenda<Body> {
    const copy = new Agenda<Body>(this.#timers);
    copy.#entries = this.#entries;
    copy.#sequence = this.#sequence;
    return copy;
  }
}

function earliest<T extends { readonly at: Instant }>(all: readonly T[], comesFirst: (one: T, other: T) => boolean): T | null {
  let found: T | null = null;
  for (const one of all) if (found === null || one.at < found.at || (one.at === found.at && comesFirst(one, found))) found = one;
  return found;
}
