import { broken, type CheckExample } from "./check-example.ts";
import type { Edit } from "./edit-release.ts";
import type { Draft, DraftValue } from "./minimal-release.ts";

/** A scenario that is right but for the changes. */
function scenario(changes: { readonly [property: string]: DraftValue }): Edit {
  const right = {
    kind: "scenario", key: "moon", version: 1, title: "Moon", description: "Moon.", order: { items: [{ id: "1", action: "ADD", offering: "DEMO" }] },
    startAt: "2026-11-02T09:00:00Z", script: [], expect: {},
  };
  return ["scenario/moon.json", "", JSON.parse(JSON.stringify({ ...right, ...changes })) as Draft];
}

/** Scenarios. */
export const scenarioExamples: readonly CheckExample[] = [
  broken("unknown-reference", "a scenario orders what nobody sells", "scenario/moon.json#/order/items/0/offering", scenario({ order: { items: [{ id: "1", action: "ADD", offering: "MOON" }] } })),
  broken("scenario-order", "a scenario extends one without an order", "scenario/moon.json#/extends", scenario({ order: undefined, startAt: undefined, extends: "moon" })),
  broken("scenario-order", "a scenario starts on no day", "scenario/moon.json#/startAt", scenario({ startAt: "tomorrow" })),
  broken("scenario-script", "a line says nothing", "scenario/moon.json#/script/0", scenario({ script: [{ after: "PT1H" }] })),
  broken("invalid-duration", "an order ends in words", "scenario/moon.json#/expect/duration/atMost", scenario({ expect: { duration: { atMost: "soon" } } })),
];
