import { formatInstant, msBetween } from "../../engine/support/instant.ts";
import type { DispatchTask } from "../../engine/order/commands.ts";
import type { TaskReport } from "../../engine/order/inputs.ts";
import { classifyCommandAnswer, classifyQueryAnswer } from "../../server/adapters/classify-answer.ts";
import type { Exchange } from "../../server/adapters/exchange.ts";
import { applyCallback, type CallbackMessage, type CallbackOutcome } from "../../server/callbacks/apply-callback.ts";
import type { PendingMessage } from "../../server/store/inbox-store.ts";
import type { LeasedCommand } from "../../server/store/outbox-store.ts";
import type { Sweep } from "../../server/work/admit-tasks.ts";
import type { Work, WorkResult } from "../../server/work/contract.ts";
import { lost } from "../../server/workers/deliver-command.ts";
import { createDeliveryPools, type DeliveryPools } from "../../server/workers/delivery-pools.ts";
import type { Heap } from "./heap.ts";
import type { Network } from "./network.ts";
import type { Profile, Rates } from "./profile.ts";
import type { Random } from "./random.ts";
import type { Committed, Store } from "./store.ts";

/** The process is gone: nobody answers. */
export class Gone extends Error {}

interface Waiting {
  readonly work: Work;
  readonly resolve: (result: WorkResult) => void;
  readonly reject: (error: Error) => void;
  /** All that follows from the answer, awaited before the world goes on. */
  readonly follow: () => Promise<unknown>;
}

export interface ProcessDeps {
  readonly heap: Heap;
  readonly crashes: Random;
  readonly rates: () => Rates;
  readonly profile: Profile;
  readonly network: () => Network;
  readonly store: () => Store;
  readonly count: (what: string) => void;
  /** Whoever watches the world is told what was committed. */
  readonly committed: (committed: Committed) => void;
  readonly failed: (works: readonly Work[], error: unknown) => void;
  /** A command leaves for the network, or is taken over from a process that is gone. */
  readonly attempted: (commandId: string) => void;
  /** An answer is handed in. */
  readonly reported: (commandId: string) => void;
  /** What leaves for the network, and what is made of an answer: a planted bug may do otherwise. */
  readonly outgoing: (command: DispatchTask) => readonly DispatchTask[];
  readonly report: (leased: LeasedCommand, report: TaskReport) => TaskReport | null;
}

const LEASE_MS = 60_000;
const SWEEP_MS = 500;
const SWEEP_MAX_MS = 1_800_000;
const BATCH = 64;

/**
 * One server process: its queue, its deliveries, its timers. What it does between commits is modeled after `server/workers`;
 * what it does inside one is the store's. It may die at every point where it lets go of control.
 */
export class ServerProcess {
  readonly #deps: ProcessDeps;
  #queue: Waiting[] = [];
  #sweep: Sweep = null;
  #sweepMs = SWEEP_MS;
  #sweeping = false;
  #planned = false;
  #pools: DeliveryPools;
  #alarmAt: string | null = null;
  #crowded = false;
  #stopping = false;
  #ringing = false;
  #nowMs = 0;
  #now = "";
  #generation = 1;
  up = true;
  /** The server's clock runs this much before the true one. */
  offsetMs = 0;

  constructor(deps: ProcessDeps) {
    this.#deps = deps;
    this.#pools = createDeliveryPools(deps.profile.places);
  }

  readonly now = (): string => {
    const ms = this.#deps.heap.now + this.offsetMs;
    if (ms !== this.#nowMs) [this.#nowMs, this.#now] = [ms, formatInstant(ms)];
    return this.#now;
  };

  readonly owner = (): string => `process-${this.#generation}`;
  readonly leaseUntil = (at: string): string => formatInstant(Date.parse(at) + LEASE_MS);
  readonly reserve = (targetSystem: string): boolean => {
    const taken = !this.#stopping && this.#pools.take(targetSystem);
    this.#crowded ||= !taken;
    return taken;
  };
  readonly cancel = (targetSystem: string): void => this.#pools.give(targetSystem);

  /** Hands in a work; rejects when the process dies before it can answer - whether or not it was committed. */
  handle(work: Work, follow: () => Promise<unknown> = () => Promise.resolve()): Promise<WorkResult> {
    if (!this.up) return Promise.reject(new Gone());
    return new Promise((resolve, reject) => {
      this.#queue.push({ work, resolve, reject, follow });
      this.#plan();
    });
  }

  /** A callback arrives. Resolves when it waits in the queue or has been answered; `ended` gets its outcome, null when nobody answered. */
  async receive(message: CallbackMessage, ended: (outcome: CallbackOutcome | null) => void): Promise<void> {
    if (!this.up) return ended(null);
    const store = this.#deps.store();
    let entered = (): void => undefined;
    const queued = new Promise<void>((resolve) => { entered = resolve; });
    const chain: Promise<void> = applyCallback(
      {
        unitOfWork: { handle: (work) => { const result = this.handle(work, () => chain); entered(); return result; } },
        findCommand: store.findCommand, recordUnmatched: store.recordUnmatched, knownInputId: store.knownInputId,
      },
      message,
    ).then(ended, (error: unknown) => {
      if (!(error instanceof Gone)) this.#deps.failed([], error);
      ended(null);
    });
    await Promise.race([queued, chain]);
  }

  /** Dies here and now: what was in memory is gone. Comes back after `downMs`. */
  async die(downMs: number, lostWorks: readonly Waiting[] = []): Promise<void> {
    const lostNow = [...lostWorks, ...this.#queue];
    this.up = false;
    this.#generation += 1;
    this.#queue = [];
    this.#sweep = null;
    this.#planned = false;
    this.#sweeping = false;
    this.#alarmAt = null;
    this.#stopping = false;
    this.#ringing = false;
    this.#pools = createDeliveryPools(this.#deps.profile.places);
    this.#deps.store().restart();
    for (const { reject } of lostNow) reject(new Gone());
    for (const { follow } of lostNow) await follow();
    this.#deps.heap.after(downMs, () => this.start());
  }

  /** Stops in order: takes no new deliveries, lets those under way end for a while, then ends. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const generation = this.#generation;
    this.#deps.heap.after(10_000, async () => {
      if (this.#alive(generation)) await this.die(this.#deps.crashes.spread(1_000, 3_600_000));
    });
    return Promise.resolve();
  }

  /** What a starting process does: take up what an earlier one left unfinished. */
  async start(): Promise<void> {
    this.up = true;
    this.#generation += 1;
    const generation = this.#generation;
    this.#sweepAll();
    await this.#takeOver();
    if (this.#alive(generation)) await this.#takePending();
    if (!this.#alive(generation)) return;
    for (const message of await this.#deps.store().pendingMessages(10_000)) this.#takeUp(message);
    await this.ring();
  }

  /** The server's clock has jumped: leases may seem to be over, timers due. */
  async clockMoved(): Promise<void> {
    if (!this.up) return;
    await this.#takeOver();
    this.#alarmAt = null;
    await this.ring();
  }

  #alive(generation: number): boolean {
    return this.up && this.#generation === generation;
  }

  #crash(point: "before-commit" | "after-commit" | "before-send" | "before-settle"): boolean {
    const dies = this.#deps.crashes.chance(this.#deps.rates()[point]);
    if (dies) this.#deps.count(`crash:${point}`);
    return dies;
  }

  #downMs(): number {
    return this.#deps.crashes.spread(500, 600_000);
  }

  #plan(): void {
    if (this.#planned || !this.up) return;
    this.#planned = true;
    const generation = this.#generation;
    this.#deps.heap.after(1, () => this.#commit(generation));
  }

  async #commit(generation: number): Promise<void> {
    if (!this.#alive(generation)) return;
    this.#planned = false;
    const { store, profile, committed: tell, failed } = this.#deps;
    const group = this.#queue.splice(0, profile.worksPerCommit);
    const sweep = this.#sweep;
    this.#sweep = null;
    if (group.length === 0 && sweep === null) return;
    if (this.#crash("before-commit")) return this.die(this.#downMs(), group);
    let committed: Committed;
    try {
      committed = await store().commit(group.map(({ work }) => work), sweep);
    } catch (error) {
      failed(group.map(({ work }) => work), error);
      for (const { reject } of group) reject(new Gone());
      for (const { follow } of group) await follow();
      return;
    }
    tell(committed);
    if (this.#crash("after-commit")) return this.die(this.#downMs(), group);
    if (this.#queue.length > 0) this.#plan();
    for (const { work, resolve } of group) resolve(committed.results.get(work) ?? { outcome: "quarantined", error: "no result" });
    for (const { follow } of group) await follow();
    for (const leased of committed.leased) {
      if (!this.#alive(generation)) return;
      await this.#deliver(leased);
    }
    if (!this.#alive(generation)) return;
    for (const message of committed.pending) this.#takeUp(message);
    this.#setAlarm(committed.timerSet);
    if (sweep !== null && committed.leased.length > 0) this.#sweepMs = SWEEP_MS;
    if (committed.tasksWait) this.#sweepLater();
  }

  async #deliver(leased: LeasedCommand): Promise<void> {
    const { command } = leased;
    if (this.#crash("before-send")) return this.die(this.#downMs());
    const generation = this.#generation;
    this.#deps.attempted(command.commandId);
    const ended = (report: TaskReport) =>  this.#answer(leased, report, generation);
    if (command.type === "DispatchTask") {
      const [first = command, ...more] = this.#deps.outgoing(command);
      this.#deps.network().send(first, (exchange: Exchange) => ended(classifyCommandAnswer(exchange)));
      for (const other of more) this.#deps.network().send(other, () => undefined);
    }
    else this.#deps.network().query(command, (exchange: Exchange) => ended(classifyQueryAnswer(exchange)));
  }

  #answer(leased: LeasedCommand, report: TaskReport, generation: number): void {
    if (!this.#alive(generation)) return;
    if (this.#crash("before-settle")) {
      this.#deps.heap.after(0, () => this.die(this.#downMs()));
      return;
    }
    const { command, leaseEpoch } = leased;
    const { commandId, orderId, taskId, attempt, targetSystem } = command;
    const via = command.type === "DispatchTask" ? "response" : "query";
    const freed = () => this.#free(targetSystem, generation);
    const told = this.#deps.report(leased, report);
    if (told === null) return freed();
    this.#deps.reported(commandId);
    const input = { type: "TaskReported", id: `${commandId}/answer/${leaseEpoch}`, at: this.now(), taskId, via, attempt, report: told } as const;
    this.handle({ orderId, input, settles: { outboxId: commandId, leaseEpoch } }).then(freed, freed);
  }

  #free(targetSystem: string, generation: number): void {
    if (!this.#alive(generation)) return;
    this.#pools.give(targetSystem);
    if (this.#crowded) this.#deps.heap.after(1, () => (this.#alive(generation) ? this.#takePending() : undefined));
  }

  async #takeOver(): Promise<void> {
    const generation = this.#generation;
    for (;;) {
      const rows = await this.#deps.store().takeOver(this.now(), BATCH);
      for (const row of rows) {
        if (!this.#alive(generation)) return;
        const { command } = row;
        this.#pools.force(command.targetSystem);
        this.#deps.attempted(command.commandId);
        if (command.type === "QueryTask") await this.#deliver(row);
        else this.#answer(row, lost(command.type, "CONNECTION_LOST", "The process that sent the command ended before its answer was stored."), generation);
      }
      if (rows.length < BATCH) return;
    }
  }

  async #takePending(): Promise<void> {
    const generation = this.#generation;
    this.#crowded = false;
    for (const targetSystem of await this.#deps.store().crowdedTargets()) {
      const free = this.#stopping ? 0 : this.#pools.free(targetSystem);
      this.#crowded ||= free <= 0;
      if (free <= 0) continue;
      const rows = await this.#deps.store().takePending(targetSystem, free, this.now());
      this.#crowded ||= rows.length === free;
      for (const row of rows) {
        if (!this.#alive(generation)) return;
        this.#pools.force(targetSystem);
        await this.#deliver(row);
      }
    }
  }

  #takeUp({ orderId, source, messageId, input }: PendingMessage): void {
    const ignored = () => undefined;
    this.handle({ orderId, input: { ...input, at: this.now() }, inbox: { source, messageId } }).then(ignored, ignored);
  }

  #sweepAll(): void {
    this.#sweep = "all";
    this.#plan();
  }

  /** Waiting tasks are looked at again, less and less often while nothing comes of it: a world may wait for days. */
  #sweepLater(): void {
    if (this.#sweeping) return;
    this.#sweeping = true;
    const generation = this.#generation;
    this.#deps.heap.after(this.#sweepMs, () => {
      if (!this.#alive(generation)) return;
      this.#sweeping = false;
      this.#sweepAll();
    });
    this.#sweepMs = Math.min(this.#sweepMs * 2, SWEEP_MAX_MS);
  }

  #setAlarm(dueAt: string | null): void {
    if (dueAt === null || (this.#alarmAt !== null && this.#alarmAt <= dueAt)) return;
    this.#alarmAt = dueAt;
    const generation = this.#generation;
    this.#deps.heap.after(Math.max(0, msBetween(this.now(), dueAt)), () => {
      return this.#alive(generation) && this.#alarmAt === dueAt ? this.ring() : undefined;
    });
  }

  /** Fires timers that are due, the earliest first and none early. */
  async ring(): Promise<void> {
    this.#alarmAt = null;
    // One round at a time, as the product's timer worker does.
    if (this.#stopping || !this.up || this.#ringing) return;
    const { store } = this.#deps;
    const due = await store().dueTimers(this.now(), 256);
    const generation = this.#generation;
    const fired = due.map(({ timerId, orderId, dueAt }) => this.handle({ orderId, input: { type: "TimerFired", timerId, id: `timer/${timerId}@${dueAt}`, at: this.now() } }));
    const again = () => {
      if (!this.#alive(generation)) return;
      this.#ringing = false;
      this.#deps.heap.after(1, async () => {
        if (this.#alive(generation)) this.#setAlarm(await store().nextDueAt());
      });
    };
    this.#ringing = due.length > 0;
    if (due.length > 0) void Promise.allSettled(fired).then(again);
    else this.#setAlarm(await store().nextDueAt());
  }
}
