import type { CompiledComparison, CompiledReconciliationRule } from "../language/compiled-reconciliation-rule.ts";
import type { Instant } from "../language/kinds.ts";
import type { Drift, DriftKind } from "../language/reconciliation-kinds.ts";
import type { CompiledCondition } from "../rules/compile-condition.ts";
import { readPath } from "../rules/facts.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { msBetween, parseInstant } from "../support/instant.ts";
import type { Json, JsonObject } from "../support/json.ts";

/** What one side says about one thing. */
export type ReconciliationRecord = JsonObject & {
  /** Unique on its side. */
  readonly id: string;
  /** The instant since which it is as it is; long ago when it is not said. */
  readonly since?: Instant;
};

/** A difference that means something, with the evidence for it. Whoever acts on it decides; nothing is repaired here. */
export interface Finding {
  readonly rule: string;
  readonly drift: Drift;
  readonly kind: DriftKind;
  readonly source: ReconciliationRecord;
  /** None when it is missing, several when there are too many. */
  readonly counterparts: readonly ReconciliationRecord[];
  readonly differences: readonly Difference[];
}

/** Where the two sides disagree; null is what a side does not say. */
export interface Difference {
  readonly source: string;
  readonly counterpart: string;
  readonly sourceValue: Json;
  readonly counterpartValue: Json;
}

/**
 * Compares two sides by a rule. Pure, and blind to the order of its inputs: the same records give the same findings in the
 * same order. A source younger than the grace is not judged. A record without a value at a path of `match` matches nothing.
 */
export function evaluateReconciliation(rule: CompiledReconciliationRule, source: readonly ReconciliationRecord[], counterpart: readonly ReconciliationRecord[], now: Instant): readonly Finding[] {
  const counterparts = new Map<string, ReconciliationRecord[]>();
  for (const record of counterpart) {
    const key = holds(rule.counterpart.where, { counterpart: record, now }) ? keyOf(record, rule.match.map((pair) => pair.counterpart)) : null;
    if (key !== null) counterparts.set(key, [...(counterparts.get(key) ?? []), record]);
  }
  return source
    .filter((record) => isOld(record, rule.graceMs, now) && holds(rule.source.where, { source: record, now }))
    .sort(byContent)
    .flatMap((record) => {
      const key = keyOf(record, rule.match.map((pair) => pair.source));
      return classify(rule, record, (key === null ? [] : (counterparts.get(key) ?? [])).sort(byContent), now);
    });
}

function classify(rule: CompiledReconciliationRule, source: ReconciliationRecord, counterparts: readonly ReconciliationRecord[], now: Instant): readonly Finding[] {
  const [counterpart] = counterparts;
  const differences = counterpart !== undefined && counterparts.length === 1 ? rule.compare.flatMap((comparison) => differenceOf(comparison, source, counterpart)) : [];
  const kind: DriftKind = counterpart === undefined ? "MISSING" : counterparts.length > 1 ? "DUPLICATE" : differences.length > 0 ? "DIFFERENT" : "NONE";
  const facts = { source, now, ...(counterpart && { counterpart }) };
  const drift = rule.drifts.find(({ definition, when }) => definition.drift.includes(kind) && holds(when, facts));
  return drift ? [{ rule: rule.definition.key, drift: drift.definition, kind, source, counterparts, differences }] : [];
}

function holds(condition: CompiledCondition | undefined, facts: Parameters<CompiledCondition["holds"]>[0]): boolean {
  return condition === undefined || condition.holds(facts);
}

function isOld({ since }: ReconciliationRecord, graceMs: number, now: Instant): boolean {
  return since === undefined || msBetween(since, now) >= graceMs;
}

/** The values that name the thing, as one text; null when one of them is not known. */
function keyOf(record: ReconciliationRecord, paths: readonly (readonly string[])[]): string | null {
  const values = paths.map((path) => readPath(record, path) ?? null);
  return values.includes(null) ? null : canonicalJson(values);
}

function differenceOf({ source, counterpart, paths, tolerance }: CompiledComparison, left: ReconciliationRecord, right: ReconciliationRecord): readonly Difference[] {
  const [sourceValue, counterpartValue] = [readPath(left, source) ?? null, readPath(right, counterpart) ?? null];
  return agree(sourceValue, counterpartValue, tolerance) ? [] : [{ ...paths, sourceValue, counterpartValue }];
}

/** Numbers may be apart by an amount, instants by a span; anything else must be the same. */
function agree(left: Json, right: Json, tolerance: CompiledComparison["tolerance"]): boolean {
  if (tolerance?.by === "number" && typeof left === "number" && typeof right === "number") return Math.abs(left - right) <= tolerance.amount;
  if (tolerance?.by === "span" && typeof left === "string" && typeof right === "string") {
    const [from, to] = [parseInstant(left), parseInstant(right)];
    if (from !== null && to !== null) return Math.abs(to - from) <= tolerance.ms;
  }
  return canonicalJson(left) === canonicalJson(right);
}

function byContent(a: ReconciliationRecord, b: ReconciliationRecord): number {
  const [left, right] = [a.id, b.id];
  if (left !== right) return left < right ? -1 : 1;
  const [leftText, rightText] = [canonicalJson(a), canonicalJson(b)];
  return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
}
