import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evolve } from "../../../engine/order/evolve.ts";
import type { Order } from "../../../engine/order/order.ts";
import { EVENT_VERSION, UPCAST_STEPS, upcastEvents } from "../../../engine/order/upcast/upcast-events.ts";
import type { JsonObject } from "../../../engine/support/json.ts";

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8"));

/** Journals as they were written, with the state they led to then. */
const KEPT = [
  { version: 1, journal: "home-fiber-add-no-access-rescheduled", shows: "an amended plan and a hold" },
  { version: 1, journal: "home-fiber-add-undo-fails", shows: "a plan that undoes work, and a case that is escalated" },
];

/** One event before and after each step. */
const EXAMPLES: readonly { readonly from: number; readonly before: JsonObject; readonly after: JsonObject }[] = [
  { from: 1, before: { type: "PlanSuperseded", number: 2 }, after: { type: "PlanSuperseded", number: 2, reopenedMilestones: [], dueMilestones: [], deadlines: [] } },
  { from: 1, before: { type: "PlanSuperseded", deadlines: [{ itemId: "1", deadlineAt: null }] }, after: { type: "PlanSuperseded", reopenedMilestones: [], dueMilestones: [], deadlines: [{ itemId: "1", deadlineAt: null }] } },
  { from: 1, before: { type: "TaskManualActionRequired", taskId: "t" }, after: { type: "TaskManualActionRequired", taskId: "t", escalateAt: null } },
  { from: 1, before: { type: "OrderCompleted" }, after: { type: "OrderCompleted" } },
];

describe("the steps between versions of events", () => {
  it("are numbered from 1 without a gap and lead to the version that is written", () => {
    expect(UPCAST_STEPS.map(({ from }) => from)).toEqual(UPCAST_STEPS.map((_, position) => position + 1));
    expect(EVENT_VERSION).toBe(UPCAST_STEPS.length + 1);
  });

  it("have examples and a kept journal each", () => {
    for (const { from } of UPCAST_STEPS) {
      expect(EXAMPLES.some((example) => example.from === from)).toBe(true);
      expect(KEPT.some(({ version }) => version === from)).toBe(true);
    }
  });

  it.each(EXAMPLES)("$from: $before.type says what it always meant", ({ from, before, after }) => {
    expect(upcastEvents([before], from)).toEqual([after]);
    expect(upcastEvents([after], EVENT_VERSION)).toEqual([after]);
  });

  it.each(KEPT)("a journal of version $version ($shows) replays to the state it led to", ({ version, journal }) => {
    const kept = read(`version-${version}/${journal}.json`) as { readonly journal: readonly { readonly events: readonly JsonObject[] }[] };
    const events = kept.journal.flatMap((entry) => upcastEvents(entry.events, version));
    expect(events.reduce<Order | null>(evolve, null)).toEqual(read(`version-${version}/${journal}.order.json`));
  });

  it.each([0, EVENT_VERSION + 1])("events of version %i are refused: only the program that wrote them knows them", (version) => {
    expect(() => upcastEvents([], version)).toThrow(`version ${version}`);
  });
});
