import { admissionCandidates } from "../../../engine/interpret/admission-candidates.ts";
import type { CompiledCompensation, CompiledEdge, CompiledPlanTemplate } from "../../../engine/language/compiled-release.ts";
import { FLIGHT_MAX_MS } from "../world/draw-systems.ts";
import { realParts } from "../parts.ts";
import type { Dump } from "../store.ts";
import type { Work } from "../../../server/work/contract.ts";
import type { Planted } from "./planted.ts";
import { changeTypes, withDump, withEngine, withRelease, withStore } from "./tools.ts";

const own = (name: string, parts: Planted["parts"]): Planted => ({ name, listed: false, parts });
const NEVER: CompiledCompensation = { compensatable: false, key: "never", reason: "CORRECT_FORWARD" };

function changeTemplates(release: Parameters<Parameters<typeof withRelease>[0]>[0], change: (template: CompiledPlanTemplate) => CompiledPlanTemplate) {
  return { ...release, planTemplates: new Map(Array.from(release.planTemplates, ([key, template]) => [key, change(template)])) };
}

/** Undoing forgotten for some kinds of work. */
const unlearn = (forgets: (type: string) => boolean): Planted["parts"] => () =>
  withRelease((release) => changeTemplates(
    changeTypes(release, (type) => (forgets(type.definition.key) ? { ...type, compensation: () => NEVER } : type)),
    (template) => ({ ...template, tasks: template.tasks.map((task) => (forgets(task.definition.type) ? { ...task, compensation: NEVER } : task)) }),
  ));

const eager = (edge: CompiledEdge): CompiledEdge => (edge.definition.type === "success" ? { ...edge, satisfiedWhen: { ...edge.satisfiedWhen, holds: () => true } } : edge);

/** Bugs of definitions, admission, storage and delivery, each made for the invariant that must not be decoration. */
export const OWN_PARTS: readonly Planted[] = [
  own("a command sent under another name than the one that was committed", () => ({ ...realParts, outgoing: (command) => [{ ...command, commandId: `${command.commandId}-again` }] })),
  own("charges handed over on acceptance instead of at their milestone", () => withRelease((release) => changeTemplates(release, (template) => ({
    ...template, billingTriggers: template.billingTriggers.map((trigger) => ({ ...trigger, definition: { ...trigger.definition, milestone: "order-accepted" } })),
  })))),
  own("charges of cancelled items kept", unlearn((type) => type === "charge")),
  own("reservations of cancelled items kept", unlearn((type) => type !== "charge")),
  own("a dependency believed before it holds", () => withRelease((release) => changeTemplates(release, (template) => ({ ...template, tasks: template.tasks.map((task) => ({ ...task, edges: task.edges.map(eager) })) })))),
  own("attempts without end", () => withRelease((release) => changeTypes(release, (type) => {
    const { retry, targetSystem } = type;
    if (!retry || targetSystem?.definition.effects.class === "neither") return type;
    return { ...type, retry: { ...retry, maxElapsedMs: null, initialDelayMs: Math.max(retry.initialDelayMs, 60_000), definition: { ...retry.definition, maxAttempts: 30, backoff: retry.definition.backoff ?? { strategy: "FIXED", initialDelay: "PT1M" } } } };
  }))),
  own("an unknown outcome handed over days later than its policy says", () => withRelease((release) => changeTypes(release, (type) => {
    const { timeout } = type;
    return timeout ? { ...type, timeout: { ...timeout, steps: timeout.steps.map((step) => (step.do === "ESCALATE" ? { ...step, afterMs: step.afterMs + 3 * 86_400_000 } : step)) } } : type;
  }))),
  own("limits of target systems ignored", () => withEngine({
    admissionCandidates: (order, release, positions) => admissionCandidates(order, release, positions).map((candidate) => ({ ...candidate, limits: candidate.limits && { concurrency: 1_000_000 } })),
  })),
  own("locks not waited for", () => withEngine({
    admissionCandidates: (order, release, positions) => admissionCandidates(order, release, positions).map((candidate) => ({ ...candidate, locks: [] })),
  })),
  own("messages that fit nothing dropped", () => withStore((store) => ({ ...store, recordUnmatched: () => Promise.resolve() }))),
  own("intent keys not stored", () => withStore((store) => ({ ...store, commit: async (works, sweep) => {
    const bare = new Map(works.map((work): [Work, Work] => [work, work.intake ? { ...work, intake: { ...work.intake, intentKeys: [] } } : work]));
    const committed = await store.commit([...bare.values()], sweep);
    return { ...committed, results: new Map(works.map((work) => [work, committed.results.get(bare.get(work) ?? work) ?? { outcome: "duplicate" }])) };
  } }))),
  own("the answer to another request given", () => withStore((store) => {
    let first: string | null = null;
    return { ...store, findAnswer: async (scope, key) => {
      const answer = await store.findAnswer(scope, key);
      first ??= answer;
      return first;
    } };
  })),
  own("a version number written twice", () => withDump((dump) => ({ ...dump, journal: last(dump, (entry) => ({ ...entry, firstVersion: entry.firstVersion + 1 })) }))),
  own("a row that was not written", () => withDump((dump) => ({ ...dump, orders: dump.orders.map((order, position) => (position === 0 ? { ...order, correlationId: "another" } : order)) }))),
  own("an old event rewritten", () => withDump((dump) => ({
    ...dump, journal: dump.journal.map((entry) => ({ ...entry, events: entry.events.map((event) => (event.type === "CustomerStatusChanged" ? { ...event, rule: "a better reason" } : event)) })),
  }))),
  own("the latest release named instead of the pinned one", () => withDump((dump) => ({ ...dump, journal: dump.journal.map((entry) => ({ ...entry, releaseDigest: dump.releases.at(-1)?.digest ?? "" })) }))),
  own("a published release changed", () => withDump((dump) => ({ ...dump, releases: dump.releases.map((release) => ({ ...release, definitions: Array.isArray(release.definitions) ? release.definitions.slice(1) : [] })) }))),
  own("a settle window shorter than a flight", () => withRelease((release) => changeTypes(release, (type) => (type.targetSystem && type.targetSystem.settleWindowMs > 0 ? { ...type, targetSystem: { ...type.targetSystem, settleWindowMs: FLIGHT_MAX_MS / 25 } } : type)))),
];

/** Changes the last entry of the first order's journal. */
function last({ journal, orders }: Dump, change: (entry: Dump["journal"][number]) => Dump["journal"][number]): Dump["journal"] {
  const position = journal.findLastIndex(({ orderId }) => orderId === orders[0]?.id);
  const entry = journal[position];
  return entry ? journal.with(position, change(entry)) : journal;
}
