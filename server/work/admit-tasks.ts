import { admit, lockName, type AdmissionCandidate, type TargetUsage } from "../../engine/interpret/admit.ts";
import { graphIndex } from "../../engine/order/graph-index.ts";
import type { Order } from "../../engine/order/order.ts";
import { locksQuery, waitingFromRows, waitingQuery, type StoredUsage, type WaitingTask } from "../store/admission-store.ts";
import { ALL_TARGETS } from "../store/tables.ts";
import { admissionResult } from "./admission-statements.ts";
import { quarantine } from "./apply-work.ts";
import { FlowRound } from "./flow-round.ts";
import { obtainOrders } from "./read-facts.ts";
import { tokensAt } from "./target-tokens.ts";
import { countBy, resourcesOf, TARGET_RESOURCE, unique, withPrevious } from "./waiting-tasks.ts";
import type { WorkBatch } from "./work-batch.ts";
import type { WorkContext } from "./work-context.ts";
import type { AdmissionFacts } from "./work-memory.ts";
import { isReady, WorkingOrder } from "./working-order.ts";

/** Resource of tasks that one commit could not look at any more; they come first in the next. */
const LATER = "later";

/** Which waiting tasks a commit looks at besides those that its own inputs concern. */
export type Sweep = ReadonlySet<string> | "all" | null;

/** What admission left to be written. */
export interface AdmissionOutcome {
  readonly usage: ReadonlyMap<string, StoredUsage>;
  readonly flow: FlowRound;
  /** Tokens left of the rate-limited target systems of which one was taken, at the instant of the batch. */
  readonly tokens: ReadonlyMap<string, number>;
  /** Why tasks wait that admission looked at, by task id. */
  readonly reasons: ReadonlyMap<string, WaitReason>;
  /** Rows of `ready_tasks` whose task does not wait any more, though nothing touched it now. */
  readonly stale: readonly WaitingTask[];
  /** Resources for which more tasks may go at once, in the next commit. */
  readonly again: ReadonlySet<string>;
  /** Tasks wait, so that someone should look again when time has passed. */
  readonly tasksWait: boolean;
}

/** `held` - its item is held; `defect` - sending it failed, see the quarantine; `later` - this commit has looked often enough; otherwise admission's own reason. */
export interface WaitReason {
  readonly candidate: AdmissionCandidate;
  readonly reason: string;
  readonly resource: string;
  readonly waitedFor: Pick<WaitingTask, "reason" | "resource"> | null;
}

/**
 * Decides which ready tasks go out now and lets the engine send them: those that the batch made ready, and those that waited
 * for what came free, in one ranking, so that a new task never overtakes one that waits. Goes on while internal work makes
 * further tasks ready.
 */
export async function admitTasks(context: WorkContext, batch: WorkBatch, sweep: Sweep): Promise<void> {
  let fresh = freshCandidates(context, batch);
  let freed = batch.occupancy.takeFreed();
  const moved = fresh.length > 0 || freed.size > 0 || batch.occupancy.changed || batch.deliveries.length > 0;
  if (!moved && sweep === null && !leftWaiting(batch)) return;

  const round = await begin(context, batch, fresh);
  for (let count = 0; count < context.limits.admissionRoundsPerCommit; count++) {
    const swept = count === 0 ? sweep : null;
    const waiting = await round.waitingCandidates(fresh, freed, swept);
    const candidates = unique([...fresh, ...waiting]);
    if (candidates.length === 0) break;
    await round.decide(candidates);
    fresh = freshCandidates(context, batch);
    freed = batch.occupancy.takeFreed();
    if (fresh.length === 0 && freed.size === 0) break;
  }
  round.postpone(fresh);
  const outcome = round.outcome();
  batch.admission = admissionResult(batch, outcome);
  batch.again = outcome.again;
  batch.tasksWait = outcome.tasksWait;
}

/** True when a task that waited for admission does not wait any more, so that its row must go. */
function leftWaiting(batch: WorkBatch): boolean {
  for (const { stored, order } of batch.orders.values()) {
    if (stored === null || order === stored) continue;
    if (stored.tasks.some((task, position) => task !== order?.tasks[position] && isReady(task))) return true;
  }
  return false;
}

function freshCandidates(context: WorkContext, batch: WorkBatch): AdmissionCandidate[] {
  return Array.from(batch.orders.values()).flatMap((working) => {
    const moved = working.takeMoved();
    return working.order && moved.length > 0 ? context.engine.admissionCandidates(working.order, working.release, moved) : [];
  });
}

async function begin(context: WorkContext, batch: WorkBatch, fresh: readonly AdmissionCandidate[]): Promise<AdmissionRound> {
  const round = new AdmissionRound(context, batch, batch.facts.admission ?? (await context.memory.facts(batch.select)));
  await round.readLocks(fresh);
  return round;
}

class AdmissionRound {
  readonly #context: WorkContext;
  readonly #batch: WorkBatch;
  readonly #usage: ReadonlyMap<string, StoredUsage>;
  readonly #flow: FlowRound;
  readonly #tokens = new Map<string, number>();
  /** Target systems of which a token was taken. */
  readonly #spent = new Set<string>();
  readonly #storedLocks = new Map<string, string | null>();
  readonly #reasons = new Map<string, WaitReason>();
  readonly #waitedFor = new Map<string, WaitingTask>();
  readonly #stale: WaitingTask[] = [];
  /** Resources for which more tasks wait than were looked at. */
  readonly #crowded = new Set<string>();

  constructor(context: WorkContext, batch: WorkBatch, { usage, flow, controls }: AdmissionFacts) {
    this.#context = context;
    this.#batch = batch;
    this.#usage = usage;
    this.#flow = new FlowRound(flow, controls);
    for (const delivery of batch.deliveries) this.#flow.learn(delivery);
  }

  get #waitingBefore(): number {
    return this.#usage.get(ALL_TARGETS)?.waiting ?? 0;
  }

  /** Reads who holds the locks that candidates need and that nobody has asked for yet. */
  async readLocks(candidates: readonly AdmissionCandidate[]): Promise<void> {
    const names = new Set(candidates.filter(({ locked }) => !locked).flatMap(({ locks }) => locks.map(lockName)));
    const unknown = Array.from(names).filter((name) => !this.#storedLocks.has(name) && this.#batch.lockHolder(name) === undefined);
    if (unknown.length === 0) return;
    for (const name of unknown) this.#storedLocks.set(name, null);
    const [rows = []] = await this.#batch.select(locksQuery(unknown));
    for (const row of rows) this.#storedLocks.set(String(row["name"]), String(row["task_id"]));
  }

  /** Tasks that wait for what came free or for what the fresh ones want; their orders join the batch. */
  async waitingCandidates(fresh: readonly AdmissionCandidate[], freed: ReadonlySet<string>, sweep: Sweep): Promise<AdmissionCandidate[]> {
    if (this.#waitingBefore === 0) return [];
    const shut = this.#flow.shut(this.#context.now());
    const named = [...freed, ...(sweep === "all" ? [] : (sweep ?? [])), ...fresh.flatMap(resourcesOf)];
    const resources = sweep === "all" ? null : new Set(named.flatMap((resource) => [resource, ...this.#besides(resource)]));
    for (const resource of shut) resources?.delete(resource);
    if (resources?.size === 0) return [];
    const { waitingTasksPerResource } = this.#context.limits;
    const [rows = []] = await this.#batch.select(waitingQuery(resources, waitingTasksPerResource, shut));
    const wanted = ({ resource }: WaitingTask) => (resources === null ? !resource.startsWith("held:") && !shut.includes(resource) : resources.has(resource));
    const waiting = withPrevious(waitingFromRows(rows), this.#batch.previous, wanted);
    await this.#join(waiting.map(({ orderId }) => orderId));
    const candidates = waiting.flatMap((task) => this.#candidate(task));
    for (const [resource, count] of countBy(waiting, ({ resource }) => resource)) if (count === waitingTasksPerResource) this.#crowded.add(resource);
    await this.readLocks(candidates);
    return candidates;
  }

  /** A place at a target system is also for those that wait for the flow to it. */
  #besides(resource: string): string[] {
    const targetSystem = resource.startsWith(TARGET_RESOURCE) ? resource.slice(TARGET_RESOURCE.length) : null;
    if (targetSystem === null || !this.#flow.mayPass(targetSystem, this.#context.now())) return [];
    return [`flow:${targetSystem}`, `retries:${targetSystem}`];
  }

  /** One decision over all candidates; the engine dispatches what was admitted. */
  async decide(candidates: readonly AdmissionCandidate[]): Promise<void> {
    await this.readLocks(candidates);
    const decisions = admit(candidates, this.#usageNow(candidates));
    const byId = new Map(candidates.map((candidate) => [candidate.taskId, candidate]));
    const admitted = new Map<string, AdmissionCandidate[]>();
    for (const decision of decisions) {
      const candidate = byId.get(decision.taskId);
      if (!candidate) continue;
      if (!decision.admitted) this.#reason(candidate, decision.reason, decision.resource);
      else admitted.set(decision.orderId, [...(admitted.get(decision.orderId) ?? []), candidate]);
    }
    for (const [orderId, tasks] of admitted) await this.#dispatch(orderId, tasks);
  }

  /** Candidates that are left when the commit has looked often enough. */
  postpone(candidates: readonly AdmissionCandidate[]): void {
    for (const candidate of candidates) this.#reason(candidate, "later", LATER);
  }

  outcome(): AdmissionOutcome {
    const tasksWait = this.#waitingBefore > 0 || this.#reasons.size > 0;
    const tokens = new Map(Array.from(this.#tokens).filter(([name]) => this.#spent.has(name)));
    return { usage: this.#usage, flow: this.#flow, tokens, reasons: this.#reasons, stale: this.#stale, again: this.#again(), tasksWait };
  }

  /** Only where something moved is it worth looking again: a full system is looked at when a place comes free. */
  #again(): Set<string> {
    const again = new Set<string>();
    for (const [taskId, { resource }] of this.#waitedFor) {
      if (this.#crowded.has(resource) && this.#reasons.get(taskId)?.resource !== resource) again.add(resource);
    }
    for (const { resource } of this.#reasons.values()) if (resource === LATER) again.add(LATER);
    return again;
  }

  async #join(orderIds: readonly string[]): Promise<void> {
    const missing = Array.from(new Set(orderIds)).filter((id) => !this.#batch.orders.has(id));
    const known = missing.filter((id) => this.#batch.facts.orders.has(id));
    const asked = missing.filter((id) => !this.#batch.facts.orders.has(id) && !this.#batch.facts.busy.has(id));
    const obtained = await obtainOrders(this.#context, this.#batch, asked);
    const join = async (id: string, order: Order | undefined) => {
      if (order) this.#batch.orders.set(id, new WorkingOrder(id, order, await this.#context.releases.get(order.release.digest)));
    };
    for (const id of known) await join(id, this.#batch.facts.orders.get(id));
    for (const [id, order] of obtained) await join(id, order);
  }

  #candidate(waiting: WaitingTask): readonly AdmissionCandidate[] {
    const working = this.#batch.orders.get(waiting.orderId);
    const order = working?.order;
    if (!working || !order) return [];
    const position = order.plan ? graphIndex(order.plan.graph).taskPosition.get(waiting.taskId) : undefined;
    this.#waitedFor.set(waiting.taskId, waiting);
    if (position !== undefined && isReady(order.tasks[position])) return this.#context.engine.admissionCandidates(order, working.release, [position]);
    if (working.stored?.tasks[position ?? -1] === order.tasks[position ?? -1]) this.#stale.push(waiting);
    return [];
  }

  #reason(candidate: AdmissionCandidate, reason: string, resource: string): void {
    this.#reasons.set(candidate.taskId, { candidate, reason, resource, waitedFor: this.#waitedFor.get(candidate.taskId) ?? null });
  }

  async #dispatch(orderId: string, admitted: readonly AdmissionCandidate[]): Promise<void> {
    const working = this.#batch.orders.get(orderId);
    if (!working?.order) return;
    const { engine, now } = this.#context;
    const taskIds = admitted.map(({ taskId }) => taskId);
    let held = "held";
    const input = { type: "TasksAdmitted", taskIds, id: `admission/${orderId}#${working.order.aggregateVersion}`, at: now() } as const;
    try {
      const decided = await engine.interpret(working.order, input, working.release);
      if (decided.accepted) working.apply(input, decided, this.#batch.occupancy);
    } catch (error) {
      held = "defect";
      quarantine(this.#context, this.#batch, { orderId, input }, error);
    }
    const { plan, tasks } = working.order;
    for (const candidate of admitted) {
      const stays = plan !== null && isReady(tasks[graphIndex(plan.graph).taskPosition.get(candidate.taskId) ?? -1]);
      if (stays) this.#reason(candidate, held, `held:${orderId}`);
      else this.#take(candidate);
    }
  }

  /** An admitted task has used up one send of its target system and waits no more. */
  #take(candidate: AdmissionCandidate): void {
    const { taskId, targetSystem, limits } = candidate;
    this.#reasons.delete(taskId);
    this.#flow.admitted(candidate, this.#batch.at);
    if (targetSystem === null || limits?.ratePerSecond === undefined) return;
    this.#tokens.set(targetSystem, (this.#tokens.get(targetSystem) ?? 0) - 1);
    this.#spent.add(targetSystem);
  }

  #usageNow(candidates: readonly AdmissionCandidate[]): Parameters<typeof admit>[1] {
    const { occupancy } = this.#batch;
    const at = this.#context.now();
    const targets = new Map<string, TargetUsage>();
    for (const { targetSystem, limits, flow } of candidates) {
      if (targetSystem === null || targets.has(targetSystem)) continue;
      const stored = this.#usage.get(targetSystem);
      const change = occupancy.targets.get(targetSystem);
      const rate = limits?.ratePerSecond;
      if (rate !== undefined && !this.#tokens.has(targetSystem)) this.#tokens.set(targetSystem, tokensAt(stored, rate, this.#batch.at));
      const gate = this.#flow.gate(targetSystem, flow, at);
      targets.set(targetSystem, {
        ...(gate && { flow: gate }),
        dispatched: (stored?.dispatched ?? 0) + (change?.dispatched ?? 0),
        outstanding: (stored?.outstanding ?? 0) + (change?.outstanding ?? 0),
        tokens: this.#tokens.get(targetSystem) ?? Infinity,
      });
    }
    const heldLocks = new Map<string, string>();
    for (const name of new Set(candidates.flatMap(({ locks }) => locks.map(lockName)))) {
      const holder = this.#batch.lockHolder(name);
      const taskId = holder === undefined ? this.#storedLocks.get(name) : holder?.taskId;
      if (taskId) heldLocks.set(name, taskId);
    }
    const dispatched = (this.#usage.get(ALL_TARGETS)?.dispatched ?? 0) + occupancy.dispatched;
    return { now: at, global: { dispatched, limit: this.#context.limits.commandsInFlight }, targets, heldLocks };
  }
}
