import { rehearseMigration } from "../interpret/handlers/migrate-order.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import type { JournalEntry } from "../order/events.ts";
import type { Order } from "../order/order.ts";
import type { TablePurpose } from "../language/table-kinds.ts";
import type { Kind } from "../language/kinds.ts";
import { changedDefinitions } from "./changed-definitions.ts";
import { forecast } from "./forecast.ts";
import { scheduleDifferences, scheduleOf } from "./forecast-differences.ts";
import { latestInstant } from "./history-findings.ts";
import type { Difference, OrderImpact } from "./order-impact.ts";
import { planMigration, type MigrationPlan } from "./plan-migration.ts";
import { previewHash } from "./preview-hash.ts";
import { recordedDurations, type RecordedDurations } from "./recorded-durations.ts";

export interface AssessmentOptions {
  /** How long work usually takes; what the order's own journal tells when it is left out. */
  readonly recorded?: RecordedDurations;
  /** The instant from which is forecast; the last one the order knows of when it is left out. */
  readonly at?: string;
}

/**
 * What a proposed release means for one open order (G7): nothing, what would differ, or why it must stay. Deterministic.
 * What follows from the state and the releases is certain; dates ahead rest on a forecast of both ways, whose assumptions
 * are listed.
 */
export async function assessImpact(order: Order, journal: readonly JournalEntry[], pinned: CompiledRelease, proposed: CompiledRelease, options: AssessmentOptions = {}): Promise<OrderImpact> {
  const plan = await planMigration(order, pinned, proposed);
  const ahead = needsForecast(plan, pinned, proposed) ? await lookAhead(order, plan, pinned, proposed, options.recorded ?? recordedDurations([journal]), options.at ?? latestInstant(order)) : NOTHING_AHEAD;
  return {
    orderId: order.id,
    aggregateVersion: order.aggregateVersion,
    from: order.release,
    to: { name: proposed.name, digest: proposed.digest },
    class: plan.unaffected ? "unaffected" : plan.blocked.length > 0 ? "blocked" : "could-adopt",
    blocked: plan.blocked,
    differences: [...plan.differences, ...ahead.differences],
    assumptions: ahead.assumptions,
    previewHash: previewHash(order, proposed.digest, plan),
  };
}

const NOTHING_AHEAD = { differences: [] as readonly Difference[], assumptions: [] as readonly string[] };

async function lookAhead(order: Order, plan: MigrationPlan, pinned: CompiledRelease, proposed: CompiledRelease, recorded: RecordedDurations, at: string) {
  const stays = await forecast(order, pinned, recorded, at);
  const moves = await forecast(await rehearseMigration(order, plan, pinned, proposed, at), proposed, recorded, at);
  return { differences: scheduleDifferences(scheduleOf(stays.order), scheduleOf(moves.order)), assumptions: [...new Set([...stays.assumptions, ...moves.assumptions])].sort() };
}

/** Kinds that act only when something fails, is changed or undone: while all goes well nothing of them shows. */
const FOR_BAD_DAYS: ReadonlySet<Kind> = new Set<Kind>(["retry-policy", "compensation-policy", "change-policy", "order-schema"]);
const TABLES_FOR_BAD_DAYS: ReadonlySet<TablePurpose> = new Set<TablePurpose>(["failure", "fallout", "authority", "change", "change-task"]);

/** False when a forecast could only say the same twice. */
function needsForecast({ unaffected, blocked, differences }: MigrationPlan, pinned: CompiledRelease, proposed: CompiledRelease): boolean {
  if (unaffected || blocked.length > 0) return false;
  const changes = changedDefinitions(pinned, proposed);
  return differences.some(({ kind, subject }) => {
    const change = changes.get(subject);
    const definition = change?.after ?? change?.before;
    if (kind !== "rule-changed" || !definition) return true;
    return definition.kind === "decision-table" ? !TABLES_FOR_BAD_DAYS.has(definition.purpose) : !FOR_BAD_DAYS.has(definition.kind);
  });
}
