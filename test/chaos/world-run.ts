import { createHash } from "node:crypto";
import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Order } from "../../engine/order/order.ts";
import { formatInstant } from "../../engine/support/instant.ts";
import type { JsonObject } from "../../engine/support/json.ts";
import { groupBy } from "./checkers/checker.ts";
import { prefixHash } from "./checkers/i-23-append-only.ts";
import { Fake } from "./downstream.ts";
import { Heap } from "./heap.ts";
import type { CallbackRecord, ClientRecord, ClockRecord, History, PersonRecord } from "./history.ts";
import { Network } from "./network.ts";
import { People, type InputBody } from "./people.ts";
import { drawProfile, type Fault, type Profile, type Rates } from "./profile.ts";
import { Repairs } from "./repairs.ts";
import { streamsOf, type Streams } from "./random.ts";
import { realParts, type Parts } from "./parts.ts";
import { ServerProcess } from "./server-process.ts";
import type { Dump, Store } from "./store.ts";
import { breakRelease } from "./world/break-release.ts";
import { drawRelease, type DrawnRelease } from "./world/draw-release.ts";
import { Workload } from "./workload.ts";

export const START = Date.parse("2026-11-02T08:00:00.000Z");
/** Virtual time after which nothing goes wrong on purpose any more. */
const FAULTS_MS = 36 * 3_600_000;
const HORIZON_MS = 200 * 86_400_000;
const STEPS_MAX = 2_000_000;

export interface RunOptions {
  readonly seed: number;
  readonly store: "memory" | "sql";
  readonly profile: string;
  readonly orders: number;
  readonly parts?: Parts;
}

export interface RunResult {
  readonly history: History;
  readonly hash: string;
  readonly steps: number;
  /** How often each fault struck, and the process died at each point. */
  readonly counts: ReadonlyMap<string, number>;
  readonly breakage: string | null;
}

/** Runs one world from its seed to the end of everything that can happen in it. */
export async function runWorld(options: RunOptions): Promise<RunResult> {
  const world = new World(options);
  await world.begin();
  await world.toEnd();
  return world.result();
}

export class World {
  readonly streams: Streams;
  readonly heap = new Heap(START);
  readonly counts = new Map<string, number>();
  readonly profile: Profile;
  readonly releases = new Map<string, CompiledRelease>();
  readonly fakes = new Map<string, Fake>();
  readonly client: ClientRecord[] = [];
  readonly callbacks: CallbackRecord[] = [];
  readonly people: PersonRecord[] = [];
  readonly clock: ClockRecord[] = [];
  readonly commits: { orderId: string; version: number }[][] = [];
  readonly midways: Pick<Dump, "orders" | "timers">[] = [];
  readonly prefixes: { orderId: string; version: number; hash: string }[] = [];
  readonly unlike: { orderId: string; inputId: string; difference: string }[] = [];
  readonly defects: { orderId: string; inputId: string; error: string }[] = [];
  readonly options: RunOptions;
  readonly parts: Parts;
  readonly process: ServerProcess;
  readonly network: Network;
  readonly crowd: People;
  readonly repairs: Repairs;
  readonly workload: Workload;
  /** Orders as they were last committed. */
  readonly latest = new Map<string, Order>();
  readonly attempted = new Set<string>();
  readonly reported = new Set<string>();
  readonly itemEnds = new Map<string, string>();
  readonly #calm: Rates;
  store!: Store;
  drawn!: DrawnRelease;
  active!: CompiledRelease;
  healed = false;
  breakage: string | null = null;
  #steps = 0;
  #inputs = 0;
  #requests = 0;
  #history: History | null = null;

  constructor(options: RunOptions) {
    this.options = options;
    this.parts = options.parts ?? realParts;
    this.streams = streamsOf(options.seed);
    this.profile = drawProfile(options.profile, this.streams, options.orders);
    this.#calm = Object.fromEntries(Object.keys(this.profile.rates).map((fault) => [fault, 0])) as unknown as Rates;
    const { heap, streams } = this;
    const rates = () => this.rates();
    const count = (what: string) => this.count(what);
    this.network = new Network({ heap, random: streams.network, rates, fakes: this.fakes, count, classOf: (system) => this.drawn.systems.find(({ key }) => key === system)?.effects ?? "neither" });
    this.process = new ServerProcess({
      heap, crashes: streams.crash, rates, profile: this.profile, network: () => this.network, store: () => this.store, count,
      committed: ({ changed }) => {
        this.commits.push(changed.map(({ id, aggregateVersion }) => ({ orderId: id, version: aggregateVersion })));
        changed.forEach((order) => this.#committed(order));
      },
      failed: (works, error) => this.defects.push({ orderId: works[0]?.orderId ?? "", inputId: works[0]?.input.id ?? "", error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      attempted: (commandId) => this.attempted.add(commandId), reported: (commandId) => this.reported.add(commandId), outgoing: this.parts.outgoing, report: this.parts.report,
    });
    this.crowd = new People({
      heap, random: streams.workload, rates, healed: () => this.healed, order: (id) => this.latest.get(id) ?? null, releaseOf: (digest) => this.releaseOf(digest),
      fakes: this.fakes, network: () => this.network, ask: (orderId, body, impatient) => this.ask(orderId, body, impatient),
    });
    this.repairs = new Repairs({
      random: streams.workload, order: (id) => this.latest.get(id) ?? null, releaseOf: (digest) => this.releaseOf(digest), fakes: this.fakes, network: () => this.network,
      ask: (orderId, body) => this.ask(orderId, body),
    });
    this.workload = new Workload(this);
  }

  rates(): Rates {
    return this.healed ? this.#calm : this.profile.rates;
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** True when a fault of the workload strikes now. */
  strikes(fault: Fault): boolean {
    const struck = this.streams.workload.chance(this.rates()[fault]);
    if (struck) this.count(fault);
    return struck;
  }

  at(): string {
    return formatInstant(this.heap.now);
  }

  releaseOf(digest: string): CompiledRelease {
    const release = this.releases.get(digest);
    if (!release) throw new Error(`Nobody drew release ${digest}.`);
    return release;
  }

  async begin(): Promise<void> {
    const { process, streams } = this;
    this.drawn = drawRelease(streams.plan);
    const deps = {
      engine: this.parts.engine((orderId, inputId, difference) => this.unlike.push({ orderId, inputId, difference })), now: process.now, commandsInFlight: this.profile.commandsInFlight,
      owner: process.owner, leaseUntil: process.leaseUntil, reserve: process.reserve, cancel: process.cancel,
      defect: (work: { orderId: string; input: { id: string } }, error: string) => { this.defects.push({ orderId: work.orderId, inputId: work.input.id, error }); },
    };
    this.store = await this.parts.store(this.options.store, deps);
    for (const { key, effects, completion } of this.drawn.systems) {
      this.fakes.set(key, new Fake(key, effects, completion, { heap: this.heap, random: streams.downstream, rates: () => this.rates(), callback: (source, messageId, body) => this.workload.callback(source, messageId, body) }));
    }
    await this.publish(this.drawn, "r1");
    if (streams.plan.chance(0.1)) {
      const broken = breakRelease(streams.plan, this.drawn.files);
      if (broken) {
        this.count("broken-release");
        if (compile(broken.files, { name: "broken" }).ok) this.defects.push({ orderId: "", inputId: "compile", error: `The compiler accepted ${broken.name}` });
      }
      this.breakage = broken?.name ?? null;
    }
    this.workload.plan();
    this.#planFaults();
  }

  /** A release goes live: new orders are pinned to it, those under way stay where they are. */
  async publish(drawn: DrawnRelease, name: string): Promise<void> {
    const compilation = compile(drawn.files, { name });
    if (!compilation.ok) throw new Error(`Seed ${this.options.seed} drew a release the compiler refuses: ${compilation.diagnostics.map(({ code, file, path }) => `${code} ${file}${path}`).join(", ")}`);
    this.releases.set(compilation.release.digest, compilation.release);
    this.active = compilation.release;
    this.drawn = drawn;
    await this.store.put(compilation.release);
  }

  #committed(order: Order): void {
    this.latest.set(order.id, order);
    for (const { id, completedAt } of order.items) if (completedAt !== null && !this.itemEnds.has(`${order.id}/${id}`)) this.itemEnds.set(`${order.id}/${id}`, this.at());
    this.crowd.look(order);
  }

  /** A person or an outside party hands an input in; whoever gets no answer repeats the same request under the same key. */
  ask(orderId: string, body: InputBody, impatient = false): void {
    this.#requests += 1;
    this.#request(orderId, body, `request-${this.#requests}`, impatient ? 50 : 0);
  }

  #request(orderId: string, body: InputBody, messageId: string, tries: number): void {
    this.#inputs += 1;
    const id = `in-${this.#inputs}`;
    const by = "actor" in body ? body.actor.id : "outside";
    const note = (outcome: string) => this.people.push({ at: this.at(), orderId, input: body.type, messageId, inputId: id, by, outcome });
    this.process.handle({ orderId, input: { ...body, id, at: this.process.now() }, inbox: { source: "api:people", messageId } }).then(
      (result) => note(result.outcome === "rejected" ? result.rejection.code : result.outcome),
      () => {
        note("no-answer");
        if (tries < 50) this.heap.after(this.streams.workload.spread(5_000, 600_000), () => this.#request(orderId, body, messageId, tries + 1));
      },
    );
  }

  #planFaults(): void {
    const { heap, streams, profile } = this;
    const hours = FAULTS_MS / 3_600_000;
    for (let hour = 0; hour < hours; hour += 1) {
      const ms = hour * 3_600_000 + streams.crash.between(0, 3_599_999);
      const death = streams.crash.chance(profile.rates["out-of-nowhere"] * 10);
      const roll = streams.crash.chance(profile.rates["rolling"] * 10);
      const downMs = streams.crash.spread(500, 1_800_000);
      if (death) heap.after(ms, () => (this.process.up ? (this.count("crash:out-of-nowhere"), this.process.die(downMs)) : undefined));
      else if (roll) heap.after(ms, () => (this.process.up ? (this.count("crash:rolling"), this.process.stop()) : undefined));
      for (const [fault, sign] of [["forward", 1], ["backward", -1]] as const) {
        const byMs = sign * streams.clock.spread(1_000, 3_600_000);
        const jumpAt = hour * 3_600_000 + streams.clock.between(0, 3_599_999);
        if (streams.clock.chance(profile.rates[fault] / 3)) heap.after(jumpAt, () => this.#jump(byMs, fault));
      }
    }
    for (const share of [0.25]) heap.after(FAULTS_MS * share, () => this.#keepPrefixes());
    heap.after(FAULTS_MS, () => this.#heal());
  }

  async #jump(byMs: number, fault: Fault): Promise<void> {
    this.count(fault);
    this.clock.push({ at: this.at(), byMs });
    this.process.offsetMs += byMs;
    await this.process.clockMoved();
  }

  /** The faults are over: everybody looks again, and what was lost on the way to us is sent once more. */
  async #heal(): Promise<void> {
    this.healed = true;
    this.crowd.lookAnew();
    this.workload.sendLost();
    if (this.process.offsetMs !== 0) await this.#jump(-this.process.offsetMs, "backward");
    for (const order of this.latest.values()) {
      this.crowd.look(order);
      this.workload.remind(order);
    }
  }

  /** Remembers how the journals stand now: no event of them may ever be another. */
  async #keepPrefixes(): Promise<void> {
    const { journal, orders, timers } = await this.store.dump();
    this.midways.push({ orders, timers });
    const journals = groupBy(journal, ({ orderId }) => orderId);
    for (const [orderId, entries] of journals) {
      const events = entries.flatMap((entry) => entry.events);
      this.prefixes.push({ orderId, version: events.length, hash: prefixHash(events) });
    }
  }

  async toEnd(): Promise<void> {
    while (this.heap.nextAt < START + HORIZON_MS) {
      const next = this.heap.take();
      if (!next) break;
      this.#steps += 1;
      if (this.#steps > STEPS_MAX) throw new Error(`Seed ${this.options.seed} did not end within ${STEPS_MAX} steps.`);
      await next.run();
    }
    const dump = await this.store.dump();
    await this.store.close();
    this.#history = {
      seed: this.options.seed, releases: this.releases, client: this.client, callbacks: this.callbacks, people: this.people, clock: this.clock, attempted: this.attempted, reported: this.reported, itemEnds: this.itemEnds, prefixes: this.prefixes, midways: this.midways, commits: this.commits, unlike: this.unlike,
      systems: new Map(this.drawn.systems.map(({ key, effects }) => [key, { effects, concurrency: this.active.targetSystems.get(key)?.definition.limits.concurrency ?? 0 }])),
      fakes: Array.from(this.fakes.values(), (fake) => fake.journal).flat(), defects: this.defects, dump, healedAt: formatInstant(START + FAULTS_MS), endedAt: this.at(),
    };
  }

  result(): RunResult {
    if (!this.#history) throw new Error("The world has not ended.");
    const { dump, client, fakes, callbacks, people } = this.#history;
    const hash = createHash("sha256");
    for (const part of [dump.journal, client, fakes, callbacks, people] as unknown as readonly (readonly JsonObject[])[]) for (const line of part) hash.update(`${JSON.stringify(line)}\n`);
    return { history: this.#history, hash: hash.digest("hex"), steps: this.#steps, counts: this.counts, breakage: this.breakage };
  }
}
