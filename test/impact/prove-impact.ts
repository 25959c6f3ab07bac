import { assessImpact } from "../../engine/impact/assess-impact.ts";
import { scheduleDifferences, scheduleOf } from "../../engine/impact/forecast-differences.ts";
import type { Difference, OrderImpact } from "../../engine/impact/order-impact.ts";
import { standingsOf } from "../../engine/impact/standing.ts";
import { recordedDurations, type RecordedDurations } from "../../engine/impact/recorded-durations.ts";
import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import { evolve } from "../../engine/order/evolve.ts";
import type { OrderEvent } from "../../engine/order/events.ts";
import { ORDER_MACHINE } from "../../engine/order/machines.ts";
import type { Order } from "../../engine/order/order.ts";
import { workName } from "../../engine/plan/item-plan.ts";
import { canonicalJson } from "../../engine/support/canonical-json.ts";
import { hashFraction } from "../../engine/support/hash.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { Random } from "../chaos/random.ts";
import { drawOrder } from "../chaos/world/draw-order.ts";
import { drawRelease } from "../chaos/world/draw-release.ts";
import { fileOf } from "../chaos/world/sketch.ts";
import { LiveRun, type WorldRules } from "./live-run.ts";
import { editRelease } from "./random-edit.ts";

export interface ProofSize {
  readonly worlds: number;
  readonly ordersPerWorld: number;
  readonly editsPerWorld: number;
}

export interface ProofResult {
  readonly seed: number;
  readonly orders: number;
  readonly edits: number;
  readonly assessed: number;
  readonly classes: { readonly [name: string]: number };
  readonly rules: { readonly [rule: string]: number };
  readonly kinds: { readonly [kind: string]: number };
  /** Everything that came otherwise than predicted; empty when the proof holds. */
  readonly broken: readonly string[];
}

const START = "2026-11-02T08:00:00.000Z";
const OPERATIONS = { id: "olga", roles: ["senior-operations"], regions: ["*"] } as const;
/** How many finished orders of a world tell how long work takes. */
const HISTORY = 6;

/** Plays worlds, edits their releases, and holds what the report says against what happens. */
export async function proveImpact(seed: number, size: ProofSize, onWorld: (world: number) => void = () => undefined, firstWorld = 0): Promise<ProofResult> {
  const count = { classes: new Map<string, number>(), rules: new Map<string, number>(), kinds: new Map<string, number>() };
  const broken: string[] = [];
  let orders = 0;
  let assessed = 0;
  for (let world = firstWorld; world < firstWorld + size.worlds; world += 1) {
    const random = Random.of(seed, world);
    const drawn = drawRelease(random);
    const { offerings } = drawn;
    const files = [...drawn.files.filter(({ content }) => (content as JsonObject)["purpose"] !== "authority"), authority()];
    const pinned = compiled(files);
    const recorded = await drawHistory(random, pinned, offerings, `${seed}/${world}`);
    const edits = Array.from({ length: size.editsPerWorld }, () => editRelease(random, files));
    for (let number = 0; number < size.ordersPerWorld; number += 1) {
      const run = await pausedOrder(random, pinned, offerings, recorded, `W${world}-O${number}`);
      orders += 1;
      const stays = run.copy();
      await stays.toEnd();
      for (const edit of edits) {
        assessed += 1;
        const impact = await assessImpact(run.order, run.journal, pinned, edit.release, { recorded, at: run.now });
        add(count.classes, impact.class);
        for (const { rule } of impact.blocked) add(count.rules, rule);
        for (const { kind } of impact.differences) add(count.kinds, kind);
        const problem = await compareWithReality(impact, run, stays, edit.release);
        if (problem !== null) broken.push(`world ${world}, order ${number}, ${edit.name}: ${impact.class}: ${problem}`);
      }
    }
    onWorld(world);
  }
  return { seed, orders, edits: size.worlds * size.editsPerWorld, assessed, classes: sorted(count.classes), rules: sorted(count.rules), kinds: sorted(count.kinds), broken };
}

/** What came otherwise than predicted; null when everything came as predicted. */
async function compareWithReality(impact: OrderImpact, paused: LiveRun, stays: LiveRun, proposed: CompiledRelease): Promise<string | null> {
  const moves = paused.copy();
  const answer = await moves.take({ type: "MigrateOrder", toRelease: proposed.digest, reason: "proof", expectedVersion: impact.aggregateVersion, previewHash: impact.previewHash, actor: OPERATIONS }, proposed);
  if (impact.class === "blocked") {
    if (answer.accepted) return "it could be migrated all the same";
    const refused = Array.isArray(answer.rejection.details) ? (answer.rejection.details as readonly JsonObject[]).map(({ rule }) => rule) : [];
    return answer.rejection.code === "migration-unsafe" && same(refused, impact.blocked.map(({ rule }) => rule)) ? null : `it was refused with ${answer.rejection.code} ${JSON.stringify(refused)}`;
  }
  if (!answer.accepted) return `it was refused: ${answer.rejection.code} ${answer.rejection.message}`;
  await moves.toEnd();
  if (!same(replay(moves.journal.flatMap(({ events }) => events)), moves.order)) return "the journal replayed is not the stored order";
  if (impact.class === "unaffected") {
    const [kept, moved] = [stays, moves].map((run) => run.journal.slice(paused.journal.length).flatMap(({ events }) => events).filter(({ type }) => type !== "OrderMigrated").map(withoutVersions));
    const first = kept?.findIndex((event, position) => !same(event, moved?.[position])) ?? -1;
    return first < 0 && kept?.length === moved?.length ? null : `event ${first} differs: ${JSON.stringify(kept?.[first])} and ${JSON.stringify(moved?.[first])}`;
  }
  return sameDifferences(impact, paused.order, stays.order, moves.order);
}

/** The predicted dates, order of steps and work against what two real runs differ in. */
function sameDifferences({ differences }: OrderImpact, paused: Order, stayed: Order, moved: Order): string | null {
  const real = scheduleDifferences(scheduleOf(stayed), scheduleOf(moved));
  const predicted = differences.filter(({ assumed }) => assumed);
  const [missing, wrong] = [real.filter((difference) => !predicted.some((other) => same(other, difference))), predicted.filter((difference) => !real.some((other) => same(other, difference)))];
  if (missing.length + wrong.length > 0) return `not predicted ${brief(missing)}; predicted and did not come ${brief(wrong)}`;
  const [before, after] = [neededWork(stayed, paused), neededWork(moved, paused)];
  const told = (verb: string) => [...new Set(differences.filter(({ kind }) => kind === `task-${verb}` || kind === `billing-${verb}` || kind === `message-${verb}`).map(({ itemId, subject }) => `${itemId ?? ""}/${subject}`))].sort();
  const [added, removed] = [[...after].filter((name) => !before.has(name)).sort(), [...before].filter((name) => !after.has(name)).sort()];
  if (!same(added, told("added"))) return `added ${added.join(", ")}, predicted ${told("added").join(", ")}`;
  return same(removed, told("removed")) ? null : `removed ${removed.join(", ")}, predicted ${told("removed").join(", ")}`;
}

const brief = (differences: readonly Difference[]) => JSON.stringify(differences.map(({ kind, itemId, subject, before, after }) => [kind, itemId, subject, before, after]));

/** Names of the work the plan needs: not what planning left out, a migration dropped, or had fallen away before. */
function neededWork(order: Order, paused: Order): ReadonlySet<string> {
  const standings = standingsOf(paused);
  const over = new Set((paused.plan?.graph.tasks ?? []).flatMap((planned, position) => (standings[position] === "spent" || standings[position] === "skipped" ? [workName(planned)] : [])));
  const newest = new Map((order.plan?.graph.tasks ?? []).map((planned) => [workName(planned), planned]));
  return new Set([...newest].filter(([name, { source, excluded }]) => !over.has(name) && source.by !== "former-release" && excluded === null).map(([name]) => name));
}

/** An open order at a random moment of a life in which things go wrong; from now on nothing does. */
async function pausedOrder(random: Random, release: CompiledRelease, offerings: readonly string[], recorded: RecordedDurations, id: string): Promise<LiveRun> {
  const trouble = random.fraction() * 0.3;
  const rules: WorldRules = {
    durationMs: (type) => recorded.get(type)?.medianMs ?? 0,
    fault: (name, attempt) => {
      const chance = hashFraction(`${id}/${name}/${attempt}`);
      return attempt > 1 || chance > trouble ? null : chance < trouble * 0.4 ? "TRANSIENT" : chance < trouble * 0.7 ? "NO_ANSWER" : "PERMANENT";
    },
  };
  const order = drawOrder(random, id, offerings);
  for (;;) {
    const run = await LiveRun.start(order, release, rules, START);
    const steps = random.between(0, 60);
    for (let step = 0; step < steps; step += 1) {
      if (!(await run.step())) break;
      if (random.chance(0.01)) await run.take({ type: "HoldItem", itemId: random.pick(order.items).id, reason: "proof", actor: OPERATIONS });
      if (random.chance(0.005)) await run.take({ type: "RequestCancellation", itemIds: [random.pick(order.items).id], reason: "proof", expectedVersion: null, actor: OPERATIONS });
    }
    if (ORDER_MACHINE[run.order.state].length === 0) continue;
    run.calmDown();
    return run;
  }
}

/** How long work takes in this world, as finished orders tell. */
async function drawHistory(random: Random, release: CompiledRelease, offerings: readonly string[], name: string): Promise<RecordedDurations> {
  const rules: WorldRules = { durationMs: (type) => Math.round(hashFraction(`${name}/${type}`) * 1_200) * 1_000, fault: () => null };
  const journals = [];
  for (let number = 0; number < HISTORY; number += 1) {
    const run = await LiveRun.start(drawOrder(random, `H${number}`, offerings), release, rules, START);
    await run.toEnd();
    journals.push(run.journal);
  }
  return recordedDurations(journals);
}

function authority(): DefinitionFile {
  return fileOf({
    kind: "decision-table", key: "who-may", purpose: "authority", hitPolicy: "FIRST",
    columns: [{ key: "action", in: "repair.action", type: "string" }, { key: "roles", in: "actor.roles", type: "list" }, { out: "allow", type: "boolean" }, { out: "approverRole", type: "string" }, { out: "evidenceRequired", type: "boolean" }],
    rows: [{ id: "migrate", action: ["MIGRATE_ORDER"], roles: ["senior-operations"], allow: true }],
    otherwise: { allow: false },
  });
}

function compiled(files: readonly DefinitionFile[]): CompiledRelease {
  const compilation = compile(files, { name: "pinned" });
  if (!compilation.ok) throw new Error(compilation.diagnostics.map(({ code, file, path, message }) => `${code} ${file}${path}: ${message}`).join("\n"));
  return compilation.release;
}

function replay(events: readonly OrderEvent[]): Order | null {
  let order: Order | null = null;
  for (const event of events) order = evolve(order, event);
  return order;
}

/** The version number of a definition says nothing: promotion assigns it. */
function withoutVersions(value: unknown): Json {
  if (Array.isArray(value)) return value.map(withoutVersions);
  if (!isJsonObject(value)) return value as Json;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "tableVersion" && name !== "templateVersion").map(([name, member]) => [name, withoutVersions(member)]));
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson((a ?? null) as Json) === canonicalJson((b ?? null) as Json);
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): { readonly [name: string]: number } {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
