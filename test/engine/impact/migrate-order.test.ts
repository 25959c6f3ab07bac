import { describe, expect, it } from "vitest";
import { assessImpact } from "../../../engine/impact/assess-impact.ts";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import { evolve } from "../../../engine/order/evolve.ts";
import type { InputOf } from "../../../engine/order/inputs.ts";
import { timersOf } from "../../../engine/interpret/timer-commands.ts";
import type { Order } from "../../../engine/order/order.ts";
import { canonicalJson } from "../../../engine/support/canonical-json.ts";
import type { Json } from "../../../engine/support/json.ts";
import type { LiveRun } from "../../impact/live-run.ts";
import { kitDefinitions } from "../../support/definition-kit.ts";
import { after, releaseOf, task, type Sketch, type TemplateSketch } from "../../support/release-of.ts";
import { is, runUntil, taskOf, world } from "./paused-order.ts";

const matrix = (approverRole: string | null): Sketch => ({
  kind: "decision-table", key: "who-may", purpose: "authority", hitPolicy: "FIRST",
  columns: [{ key: "action", in: "repair.action", type: "string" }, { key: "roles", in: "actor.roles", type: "list" }, { out: "allow", type: "boolean" }, { out: "approverRole", type: "string" }, { out: "evidenceRequired", type: "boolean" }],
  rows: [{ id: "migrate", action: ["MIGRATE_ORDER"], roles: ["senior-operations"], allow: true, approverRole }, { id: "retry", action: ["RETRY"], roles: ["senior-operations"], allow: true }], otherwise: { allow: false },
});
const kit = (key: string): Sketch => kitDefinitions.find((sketch) => sketch.key === key) as Sketch;
const olga = { id: "olga", roles: ["senior-operations"], regions: ["*"] };
const base: TemplateSketch = { tasks: [task("a"), task("b", "asked-work", after("a")), task("c", "keyed-work", after("b"))], milestones: [{ key: "halfway", reachedBy: ["b"] }] };
const build = (template: TemplateSketch, ...sketches: readonly Sketch[]) => releaseOf({ DEMO: template }, matrix(null), ...sketches);
const pinned = build(base);
const longer = build({ ...base, tasks: [...base.tasks, task("d", "keyed-work", after("c"))] });

type Asked = Partial<InputOf<"MigrateOrder">>;

/** Previews a migration and asks for it. */
async function migrate(run: LiveRun, to: CompiledRelease, more: Asked = {}) {
  const { previewHash } = await assessImpact(run.order, run.journal, run.release, to);
  return run.take({ type: "MigrateOrder", toRelease: to.digest, reason: "the new check", expectedVersion: run.order.aggregateVersion, previewHash, actor: olga, ...more }, to);
}

function replayed(run: LiveRun): Order | null {
  let order: Order | null = null;
  for (const { events } of run.journal) for (const event of events) order = evolve(order, event);
  return order;
}

const rejection = (answer: Awaited<ReturnType<typeof migrate>>) => (answer.accepted ? null : answer.rejection.code);
const states = ({ order }: LiveRun) => (order.plan?.graph.tasks ?? []).map(({ key }, position) => `${key} ${order.tasks[position]?.state ?? ""}`);

describe("G7 an order is moved to another release", () => {
  it("B8 keeps its release, whatever is published, until it is migrated", async () => {
    const run = await runUntil(pinned, is("b", "DISPATCHED"));
    const answer = await run.take({ type: "HoldItem", itemId: "1", reason: "r", actor: olga }, longer);
    expect([answer.accepted, run.order.release.digest]).toEqual([true, pinned.digest]);
  });

  it("goes on by the new plan: what was done keeps id and key, new work has the new plan's id, replay gives the same state", async () => {
    const run = await runUntil(pinned, is("b", "DISPATCHED"));
    const before = run.order;
    expect((await migrate(run, longer)).accepted).toBe(true);
    expect(run.order.release).toEqual({ name: longer.name, digest: longer.digest });
    expect(run.order.plan?.number).toBe(2);
    expect(run.order.plan?.graph.tasks.map(({ id }) => id)).toEqual([...before.tasks.map(({ id }) => id), "O1/p2/1/d"]);
    expect(states(run)).toEqual(["a SUCCEEDED", "b DISPATCHED", "c PENDING", "d PENDING"]);
    await run.toEnd();
    expect([run.order.state, taskOf(run.order, "d")?.state]).toEqual(["COMPLETED", "SUCCEEDED"]);
    expect(canonicalJson(replayed(run) as unknown as Json)).toBe(canonicalJson(run.order as unknown as Json));
    expect(run.journal.flatMap(({ events }) => events).filter((event) => event.type === "TaskDispatched" && event.taskId.endsWith("/b"))).toHaveLength(1);
  });

  it("writes down from where to where, who, why, by which right, on which preview, and what changed", async () => {
    const run = await runUntil(pinned, is("b", "DISPATCHED"));
    await migrate(run, longer);
    expect(run.journal.at(-1)?.events[0]).toMatchObject({
      type: "OrderMigrated", from: { digest: pinned.digest }, to: { digest: longer.digest }, by: "olga", reason: "the new check",
      authority: { table: "who-may", row: "migrate" }, approvalId: null, changes: ['"The keyed-work" of item 1: the release has it.'],
    });
  });

  it("drops what has not begun and is gone, and lets its timers stop", async () => {
    const proposed = build({ tasks: [task("a"), task("b", "asked-work", after("a"))], milestones: base.milestones ?? [] });
    const run = await runUntil(pinned, is("b", "DISPATCHED"));
    await migrate(run, proposed);
    expect(states(run)).toEqual(["a SUCCEEDED", "b DISPATCHED", "c CANCELLED"]);
    await run.toEnd();
    expect([run.order.state, run.order.plan?.state, timersOf(run.order).size]).toEqual(["COMPLETED", "COMPLETED", 0]);
  });

  it("cures a broken definition: work that stopped without effect is done in the new way, with a new key", async () => {
    const broken = build(base, { ...kit("keyed-work"), request: { label: "=with.lable", item: "=item.id" } });
    const run = await runUntil(broken, is("a", "AWAITING_MANUAL_ACTION"), world("1/a"));
    const [stopped] = run.order.tasks;
    expect((await migrate(run, pinned)).accepted).toBe(true);
    await run.take({ type: "RequestRepair", repair: { action: "RETRY", taskId: stopped?.id ?? "", itemId: null, reason: "fixed", evidence: null, customerImpact: null, financialImpact: null, amount: null, values: {} }, actor: olga });
    await run.toEnd();
    const [done] = run.order.tasks;
    expect([run.order.state, done?.requestRevision, done?.idempotencyKey === stopped?.idempotencyKey]).toEqual(["COMPLETED", 2, false]);
  });

  it("changes nothing a second time", async () => {
    const run = await runUntil(pinned, is("b", "DISPATCHED"));
    await migrate(run, longer);
    const again = await run.take({ type: "MigrateOrder", toRelease: longer.digest, reason: "again", expectedVersion: null, previewHash: "whatever", actor: olga }, null);
    expect(again).toMatchObject({ accepted: true, events: [], commands: [] });
  });
});

describe("G7 a migration is refused, and changes nothing", () => {
  const refusals: readonly (readonly [string, string, CompiledRelease, Asked])[] = [
    ["preview-stale", "on another preview", longer, { previewHash: "0".repeat(64) }],
    ["version-conflict", "of another version of the order", longer, { expectedVersion: 1 }],
    ["forbidden-repair", "by somebody without the right", longer, { actor: { id: "sam", roles: ["support"], regions: ["*"] } }],
    ["repair-evidence-missing", "without a reason", longer, { reason: " " }],
    ["release-unknown", "to a release nobody knows", longer, { toRelease: "f".repeat(64) }],
    ["migration-unsafe", "that is unsafe", build({ tasks: [task("b", "asked-work"), task("c")], milestones: [{ key: "halfway", reachedBy: ["b"] }] }), {}],
    ["forbidden-repair", "to a release without an authority matrix", releaseOf({ DEMO: base }), {}],
  ];

  it.each(refusals)("%s: %s", async (code, _title, to, more) => {
    const run = await runUntil(pinned, is("b", "DISPATCHED"));
    const before = run.order;
    expect(rejection(await migrate(run, to, more))).toBe(code);
    expect(run.order).toBe(before);
  });

  it("names every rule in the details, as the report does", async () => {
    const run = await runUntil(pinned, is("b", "DISPATCHED"));
    const to = build({ tasks: [task("b", "keyed-work"), task("c")], milestones: [{ key: "halfway", reachedBy: ["b"] }] });
    const { blocked } = await assessImpact(run.order, run.journal, pinned, to);
    const answer = await migrate(run, to);
    expect(answer.accepted ? null : answer.rejection.details).toMatchObject(blocked.map(({ rule, taskId }) => ({ rule, taskId })));
  });

  it("of an order that has ended", async () => {
    const run = await runUntil(pinned, ({ state }) => state === "COMPLETED");
    expect(rejection(await migrate(run, longer))).toBe("invalid-transition");
  });
});

describe("N5 a migration a second person must agree to", () => {
  const guarded = releaseOf({ DEMO: { ...base, tasks: [...base.tasks, task("d", "keyed-work", after("c"))] } }, matrix("operations-approver"));
  const approver = { id: "ada", roles: ["operations-approver"], regions: ["*"] };
  const decide = (run: LiveRun, more: object = {}) => {
    const [approval] = run.order.approvals;
    return run.take({ type: "DecideApproval", approvalId: approval?.id ?? "", approve: true, stateHash: approval?.stateHash ?? "", reason: "seen", actor: approver, ...more }, guarded);
  };

  it("waits, and is carried out when they agree, though the order has gone on meanwhile", async () => {
    const run = await runUntil(pinned, is("a", "DISPATCHED"));
    expect((await migrate(run, guarded)).accepted).toBe(true);
    expect([run.order.release.digest, run.order.approvals[0]?.state]).toEqual([pinned.digest, "PENDING"]);
    while (!is("b", "DISPATCHED")(run.order)) await run.step();
    expect((await decide(run)).accepted).toBe(true);
    expect([run.order.release.digest, run.order.approvals[0]?.state]).toEqual([guarded.digest, "CONSUMED"]);
  });

  it("never by the one who asked; refused it stays where it is", async () => {
    const run = await runUntil(pinned, is("b", "DISPATCHED"));
    await migrate(run, guarded);
    expect(rejection(await decide(run, { actor: { ...olga, roles: ["operations-approver"] } }))).toBe("four-eyes");
    await decide(run, { approve: false });
    expect([run.order.release.digest, run.order.approvals[0]?.state]).toEqual([pinned.digest, "REFUSED"]);
  });

  it("is void when what it would change has changed", async () => {
    const run = await runUntil(pinned, is("a", "DISPATCHED"));
    await migrate(run, guarded);
    while (run.order.state !== "COMPLETED" && !is("c", "SUCCEEDED")(run.order)) await run.step();
    expect(["approval-stale", "approval-consumed", "invalid-transition"]).toContain(rejection(await decide(run)));
  });
});
