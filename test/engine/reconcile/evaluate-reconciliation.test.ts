import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../../../engine/language/compile.ts";
import { evaluateReconciliation, type ReconciliationRecord } from "../../../engine/reconcile/evaluate-reconciliation.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";

const compiled = compile(loadDefinitions(), { name: "test" });
if (!compiled.ok) throw new Error("The shipped definitions must compile.");
const rules = compiled.release.reconciliationRules;
const NOW = "2026-11-20T12:00:00.000Z";
const LONG_AGO = "2026-11-01T00:00:00.000Z";
const A_MOMENT_AGO = "2026-11-20T11:59:00.000Z";

function ruleOf(key: string) {
  const rule = rules.get(key);
  if (!rule) throw new Error(`There is no rule ${key}.`);
  return rule;
}

type Fields = Omit<ReconciliationRecord, "id"> & { readonly id?: string };
const records = (...all: readonly Fields[]): ReconciliationRecord[] => all.map((fields, position) => ({ id: `r${position}`, since: LONG_AGO, ...fields }));

const task = (fields: Fields): Fields => ({ orderId: "O1", itemId: "1", itemState: "IN_PROGRESS", ...fields });
const product = (fields: Fields): Fields => ({ orderId: "O1", itemId: "1", reference: "O1/1", status: "ACTIVE", activeFrom: "2026-11-10T00:00:00Z", charge: { key: "fee", amount: 40, currency: "EUR" }, ...fields });
const charge = (fields: Fields): Fields => ({ reference: "O1/1", key: "fee", amount: 40, currency: "EUR", effectiveFrom: "2026-11-10T08:00:00Z", status: "ACTIVE", ...fields });

/** The nine mismatches of inventories, billing and orders, each with the sides that agree and the sides that do not. */
const MISMATCHES: readonly { readonly rule: string; readonly source: readonly Fields[]; readonly counterpart: readonly Fields[]; readonly without: readonly Fields[]; readonly drift: string; readonly severity: string }[] = [
  { rule: "order-without-plan", source: [{ id: "O1", state: "IN_PROGRESS" }], counterpart: [{ orderId: "O1", state: "RUNNING" }], without: [{ orderId: "O1", state: "CREATED" }], drift: "missing", severity: "P1" },
  { rule: "event-overdue", source: [task({ outcome: "OPEN", dueAt: "2026-11-20T10:00:00Z" })], counterpart: [task({ state: "OPEN" })], without: [task({ state: "CLOSED" })], drift: "missing", severity: "P2" },
  { rule: "reserved-without-progress", source: [task({ category: "RESERVATION", state: "SUCCEEDED" })], counterpart: [task({ category: "PROVISIONING", state: "WAITING" })], without: [task({ category: "PROVISIONING", state: "PENDING" })], drift: "missing", severity: "P2" },
  { rule: "activation-unknown", source: [task({ state: "OUTCOME_UNKNOWN", targetSystem: "activation", request: { serviceId: "S1", profile: "1G" } })], counterpart: [], without: [{ serviceId: "S1", profile: "1G", status: "ACTIVE" }], drift: "it-worked", severity: "P2" },
  { rule: "work-done-unrecorded", source: [{ workOrderId: "W1", status: "COMPLETED" }], counterpart: [task({ type: "install-on-site", state: "SUCCEEDED", outputs: { workOrderId: "W1" } })], without: [task({ type: "install-on-site", state: "WAITING", outputs: {} })], drift: "missing", severity: "P1" },
  { rule: "verified-without-product", source: [task({ type: "verify-service", state: "SUCCEEDED" })], counterpart: [product({})], without: [product({ status: "PENDING" })], drift: "missing", severity: "P1" },
  { rule: "active-without-billing", source: [product({})], counterpart: [charge({})], without: [charge({ status: "ENDED" })], drift: "missing", severity: "P1" },
  { rule: "charge-without-product", source: [charge({})], counterpart: [product({})], without: [product({ status: "TERMINATED" })], drift: "missing", severity: "P1" },
  { rule: "told-active-unverified", source: [task({ type: "notify-customer", key: "notify.service-activated", state: "SUCCEEDED" })], counterpart: [task({ type: "verify-service", state: "SUCCEEDED" })], without: [task({ type: "verify-service", state: "FAILED_FINAL" })], drift: "missing", severity: "P2" },
];

const found = (key: string, source: readonly Fields[], counterpart: readonly Fields[]) =>
  evaluateReconciliation(ruleOf(key), records(...source), records(...counterpart), NOW).map(({ drift, differences }) => [drift.id, drift.severity, differences.map((difference) => difference.source)]);

describe("A15 the nine mismatches are definitions", () => {
  it("and there are no others", () => {
    expect([...rules.keys()].sort()).toEqual(MISMATCHES.map(({ rule }) => rule).sort());
  });

  it.each(MISMATCHES)("$rule: $drift is found when the sides disagree, and after the grace only", ({ rule, source, counterpart, without, drift, severity }) => {
    expect(found(rule, source, without)).toEqual([[drift, severity, []]]);
    expect(found(rule, source, counterpart).filter(([id]) => id === drift)).toEqual([]);
    expect(found(rule, source.map((fields) => ({ ...fields, since: A_MOMENT_AGO })), without)).toEqual([]);
  });
});

describe("A15 what a difference means", () => {
  it("the first drift that fits counts: a large charge that is missing is worse", () => {
    expect(found("active-without-billing", [product({ charge: { key: "fee", amount: 900, currency: "EUR" } })], [])).toEqual([["missing-large", "P0", []]]);
  });

  it.each<[string, Fields, readonly string[]]>([
    ["another amount", { amount: 41 }, ["charge.amount"]],
    ["another currency and another day", { currency: "USD", effectiveFrom: "2026-11-12T00:00:00Z" }, ["charge.currency", "activeFrom"]],
    ["an amount that is no number", { amount: "40" }, ["charge.amount"]],
    ["an instant that is none", { effectiveFrom: "soon" }, ["activeFrom"]],
    ["nothing said", { effectiveFrom: null }, ["activeFrom"]],
  ])("%s is a difference, with its evidence", (_title, fields, paths) => {
    expect(found("active-without-billing", [product({})], [charge(fields)])).toEqual([["different", "P1", paths]]);
  });

  it("less than the tolerance is none", () => {
    expect(found("active-without-billing", [product({})], [charge({ amount: 40.009, effectiveFrom: "2026-11-10T23:59:59Z" })])).toEqual([]);
  });

  it("two counterparts are one too many", () => {
    expect(found("active-without-billing", [product({})], [charge({}), charge({ amount: 1 })])).toEqual([["twice", "P1", []]]);
  });

  it("a record that does not say what it is about matches nothing, not even another such record", () => {
    expect(found("charge-without-product", [charge({ reference: null })], [product({ reference: null })])).toEqual([["missing", "P1", []]]);
  });
});

describe("A15 an evaluation", () => {
  const side = (fields: (n: number) => Fields) => fc.array(fc.record({ id: fc.constantFrom("a", "b", "c"), n: fc.nat(3) }), { maxLength: 8 }).map((all) => all.map(({ id, n }) => ({ since: LONG_AGO, ...fields(n), id })));

  it("does not depend on the order of its inputs", () => {
    const sources = side((n) => product({ reference: `${n}`, charge: { key: "fee", amount: 40 + n, currency: "EUR" } }));
    const counterparts = side((n) => charge({ reference: `${n % 3}`, amount: 40 + (n % 2) }));
    const shuffled = fc.tuple(sources, counterparts).chain(([left, right]) => fc.record({
      left: fc.constant(left), right: fc.constant(right),
      leftAgain: fc.shuffledSubarray(left, { minLength: left.length, maxLength: left.length }), rightAgain: fc.shuffledSubarray(right, { minLength: right.length, maxLength: right.length }),
    }));
    fc.assert(fc.property(shuffled, ({ left, right, leftAgain, rightAgain }) => {
      const rule = ruleOf("active-without-billing");
      const frozen = [Object.freeze(left), Object.freeze(right)] as const;
      expect(evaluateReconciliation(rule, leftAgain, rightAgain, NOW)).toEqual(evaluateReconciliation(rule, ...frozen, NOW));
    }));
  });
});
