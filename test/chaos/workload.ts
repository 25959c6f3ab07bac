import { createHash } from "node:crypto";
import type { NewOrder, Order } from "../../engine/order/order.ts";
import { isJsonObject, type JsonObject } from "../../engine/support/json.ts";
import { REQUESTER } from "./people.ts";
import { amendedItem, drawOrder } from "./world/draw-order.ts";
import { BUNDLE, drawRelease } from "./world/draw-release.ts";
import { OUTSIDE_EVENT } from "./world/draw-template.ts";
import type { World } from "./world-run.ts";

/** Orders of a world arrive within this time. */
const ARRIVAL_MS = 8 * 3_600_000;
const SCOPE = "order.submit/web";

/** What comes from outside: orders and their repeats, events, callbacks with all that may happen on their way, changes of mind. */
export class Workload {
  readonly #world: World;
  #attempts = 0;
  #messages = 0;
  #lost: (() => Promise<void>)[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  plan(): void {
    const { heap, streams, profile } = this.#world;
    const { order, workload } = streams;
    for (let n = 1; n <= profile.orders; n += 1) {
      const intent = `X${n}`;
      const at = workload.between(0, ARRIVAL_MS);
      heap.after(at, () => {
        const drawn = drawOrder(order, intent, this.#world.drawn.offerings);
        this.#submit(drawn, intent, `key-${intent}`);
        if (this.#world.strikes("client-twice")) heap.after(workload.between(0, 2_000), () => this.#submit(drawn, intent, `key-${intent}`));
        if (this.#world.strikes("partner-retry")) heap.after(workload.spread(10, 3_600_000), () => this.#submit(drawn, intent, `key-${intent}-again`));
      });
    }
    if (workload.chance(0.35)) heap.after(workload.between(ARRIVAL_MS / 4, ARRIVAL_MS), () => this.#promote());
  }

  /** A new release while orders run on the old one: the same systems, other plans. */
  async #promote(): Promise<void> {
    this.#world.count("promotion");
    await this.#world.publish(drawRelease(this.#world.streams.plan, this.#world.drawn.systems), "r2");
  }

  #submit(drawn: NewOrder, intent: string, key: string, tries = 0): void {
    const { process, client, heap, streams, store, active } = this.#world;
    this.#attempts += 1;
    const wanted = { ...drawn, id: `o${this.#attempts}` };
    const note = (answer: { status: "accepted" | "replayed" | "existing"; orderId: string } | null) => client.push({ at: this.#world.at(), intent, key, wanted, releaseDigest: active.digest, answer });
    const again = () => {
      note(null);
      if (tries < 100) heap.after(streams.workload.spread(1_000, 300_000), () => this.#submit(drawn, intent, key, tries + 1));
    };
    const { id: _id, ...content } = drawn;
    const requestHash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
    const work = {
      orderId: wanted.id,
      input: { type: "SubmitOrder", id: `submit/${wanted.id}`, at: process.now(), order: wanted, correlationId: `corr-${wanted.id}` },
      intake: {
        releaseDigest: active.digest, intentKeys: [`external:web/${intent}`],
        idempotency: { scope: SCOPE, key, requestHash, status: 201, response: JSON.stringify({ id: wanted.id }), expiresAt: "2099-01-01T00:00:00.000Z" },
      },
    } as const;
    const chain: Promise<void> = process.handle(work, () => chain).then(async (result) => {
      if (result.outcome === "applied") {
        note({ status: "accepted", orderId: wanted.id });
        this.#accepted(wanted.id, wanted);
      } else if (result.outcome === "intent-exists") note({ status: "existing", orderId: result.orderId });
      else if (result.outcome === "key-taken") {
        const stored = await store.findAnswer(SCOPE, key);
        if (stored === null) again();
        else note({ status: "replayed", orderId: (JSON.parse(stored) as { id: string }).id });
      } else again();
    }, again);
  }

  /** What will be asked of an order during its life: an event from outside, a cancellation, a hold, a result that comes too early. */
  #accepted(orderId: string, wanted: NewOrder): void {
    const { heap, streams, profile } = this.#world;
    const { workload } = streams;
    const eventMs = workload.spread(60_000, 8 * 3_600_000);
    const lost = this.#world.strikes("event-lost");
    const twice = this.#world.strikes("event-twice");
    if (!lost) heap.after(eventMs, () => this.#event(orderId));
    if (twice) heap.after(eventMs + workload.spread(1, 3_600_000), () => this.#event(orderId));
    const cancelMs = workload.spread(1_000, 24 * 3_600_000);
    const whole = workload.chance(0.5);
    const some = wanted.items.filter(() => workload.chance(0.4)).map(({ id }) => id);
    if (workload.chance(profile.cancel)) heap.after(cancelMs, () => this.#cancel(orderId, whole || some.length === 0 ? null : some));
    if (workload.chance(profile.cancel / 4)) heap.after(cancelMs + workload.spread(10, 7_200_000), () => this.#cancel(orderId, null));
    const item = workload.pick(wanted.items).id;
    const holdMs = workload.spread(1_000, 12 * 3_600_000);
    if (workload.chance(profile.hold)) heap.after(holdMs, () => this.#world.ask(orderId, { type: "HoldItem", itemId: item, reason: "the customer asked", actor: REQUESTER }));
    const amendMs = workload.spread(1_000, 12 * 3_600_000);
    if (workload.chance(profile.amend)) heap.after(amendMs, () => this.#amend(orderId, wanted));
    if (workload.chance(profile.amend / 2)) heap.after(amendMs + workload.spread(10, 4 * 3_600_000), () => this.#amend(orderId, wanted));
    for (let n = 0; n < 3; n += 1) {
      const repairMs = workload.spread(1_000, 24 * 3_600_000);
      if (workload.chance(profile.repair)) heap.after(repairMs, () => this.#world.repairs.attempt(orderId));
    }
    const earlyMs = workload.spread(100, 600_000);
    if (this.#world.strikes("early")) heap.after(earlyMs, () => this.#early(orderId));
  }

  #cancel(orderId: string, itemIds: readonly string[] | null): void {
    this.#world.count("cancel-request");
    this.#world.ask(orderId, { type: "RequestCancellation", itemIds, reason: "changed my mind", expectedVersion: null, actor: REQUESTER });
  }

  /** Somebody wants some items otherwise, or again as they were ordered. */
  #amend(orderId: string, { items }: NewOrder): void {
    const { streams } = this.#world;
    this.#world.count("amend-request");
    const changed = items.filter(({ offering }) => offering !== BUNDLE && streams.order.chance(0.6)).map((item) => amendedItem(streams.order, item));
    if (changed.length > 0) this.#world.ask(orderId, { type: "RequestAmendment", items: changed, reason: "wanted otherwise", expectedVersion: null, actor: REQUESTER });
  }

  #event(orderId: string): void {
    this.#messages += 1;
    void this.#post("outside", `e-${this.#messages}`, { event: OUTSIDE_EVENT, orderId, data: {} });
  }

  /** A system does the work unasked, and says so before its command is sent: the result is kept until then. */
  #early(orderId: string): void {
    const { latest, streams, fakes } = this.#world;
    const order = latest.get(orderId);
    const waiting = order?.tasks.flatMap((task, position) => (task.state === "READY" && task.attempts === 0 && task.idempotencyKey === null ? [position] : [])) ?? [];
    if (!order || waiting.length === 0) return;
    const position = streams.workload.pick(waiting);
    const task = order.tasks[position];
    const planned = order.plan?.graph.tasks[position];
    const type = this.#world.releaseOf(order.release.digest).taskTypes.get(planned?.type ?? "")?.definition;
    const fake = fakes.get(type?.targetSystem ?? "");
    if (!task || !type || !fake || type.work.by !== "system" || type.work.mode !== "command") return;
    const reference = fake.doByHand({ orderId, taskId: task.id, action: type.action }, "");
    this.#world.ask(orderId, { type: "TaskReported", taskId: task.id, via: "callback", attempt: null, report: { status: "succeeded", result: { reference } } });
  }

  /** A callback of a target system, with what may happen to it on its way. */
  callback(source: string, messageId: string, body: JsonObject): void {
    const { heap, streams } = this.#world;
    const { workload } = streams;
    const delayMs = workload.spread(5, 3_000);
    const lateMs = workload.spread(60_000, 20 * 3_600_000);
    const stray = this.#world.strikes("callback-stray");
    if (stray) heap.after(delayMs, () => this.#post(source, `stray-${messageId}`, { ...body, idempotencyKey: "0".repeat(64) }));
    const lost = this.#world.strikes("callback-lost");
    const late = this.#world.strikes("callback-late");
    const twice = this.#world.strikes("callback-twice");
    const againMs = workload.spread(1, 7_200_000);
    if (lost) this.#lost.push(() => this.#post(source, messageId, body));
    else heap.after(late ? lateMs : delayMs, () => this.#post(source, messageId, body));
    if (twice) heap.after(delayMs + againMs, () => this.#post(source, messageId, body));
  }

  #post(source: string, messageId: string, body: JsonObject, tries = 0): Promise<void> {
    const { process, heap, streams, callbacks } = this.#world;
    const bodyHash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
    return process.receive({ source, messageId, receivedAt: process.now(), body, bodyHash }, (outcome) => {
      callbacks.push({ source, messageId, body, outcome });
      if (outcome === null && tries < 30) heap.after(streams.workload.spread(1_000, 900_000), () => this.#post(source, messageId, body, tries + 1));
    });
  }

  /** After the faults: whoever sent a message that was lost sends it again. */
  sendLost(): void {
    for (const post of this.#lost.splice(0)) this.#world.heap.after(this.#world.streams.workload.spread(1_000, 3_600_000), post);
  }

  /** After the faults: what an order still waits for from outside comes at last. */
  remind(order: Order): void {
    const waits = order.plan?.graph.milestones.some((planned, position) => "event" in planned.by && ["OPEN", "MISSED"].includes(order.milestones[position]?.outcome ?? "")) ?? false;
    if (waits && isJsonObject(order.customer)) this.#world.heap.after(this.#world.streams.workload.spread(1_000, 3_600_000), () => this.#event(order.id));
  }
}
