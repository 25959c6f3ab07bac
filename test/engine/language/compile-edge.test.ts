import { describe, expect, it } from "vitest";
import { compile } from "../../../engine/language/compile.ts";
import type { CompiledEdge, CompiledTemplateTask } from "../../../engine/language/compiled-release.ts";
import { parseInstant } from "../../../engine/support/instant.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";

const compiled = compile(loadDefinitions(), { name: "test" });

function taskOf(template: string, key: string): CompiledTemplateTask {
  const task = compiled.ok ? compiled.release.planTemplates.get(template)?.tasks.find(({ definition }) => definition.key === key) : undefined;
  if (!task) throw new Error(`No task ${key}.`);
  return task;
}

function edgeOf(template: string, key: string, position: number): CompiledEdge {
  return taskOf(template, key).edges[position] as CompiledEdge;
}

describe("a compiled edge", () => {
  it("has the parameter inside a path and inside an expression replaced", () => {
    const edge = edgeOf("home-fiber-add", "activate-network", 1);
    expect(edge.as).toBe("serviceId");
    expect(edge.satisfiedWhen.holds({ predecessor: { outputs: {} } })).toBe(false);
    expect(edge.satisfiedWhen.holds({ predecessor: { outputs: { serviceId: "s-1" } } })).toBe(true);
    expect(edge.provides?.evaluate({ predecessor: { outputs: { serviceId: "s-1" } } })).toBe("s-1");
  });

  it("has a parameter that stands alone replaced by the whole value", () => {
    const human = edgeOf("home-fiber-disconnect", "deactivate-network", 0);
    expect(human.satisfiedWhen.holds({ predecessor: { outputs: { decision: "APPROVED" } } })).toBe(true);
    expect(human.satisfiedWhen.holds({ predecessor: { outputs: { decision: "REJECTED" } } })).toBe(false);
  });

  it("wakes at the instant an expression gives", () => {
    const time = edgeOf("home-fiber-disconnect", "deactivate-network", 1);
    expect(time.wakeAt?.evaluate({ item: { requestedDate: "2026-11-06T08:00:00Z" } })).toBe("2026-11-06T08:00:00Z");
    expect(time.with.evaluate({ item: { requestedDate: "2026-11-06T08:00:00Z" }, order: {} })).toEqual({ at: "2026-11-06T08:00:00Z" });
    expect(time.satisfiedWhen.holds({ now: "2026-11-06T09:00:00Z", edge: { wakeAt: "2026-11-06T08:00:00Z" } })).toBe(true);
  });

  it("wakes so many hours after its predecessor was ready", () => {
    const wakeAt = edgeOf("enterprise-connectivity-add", "create-line", 0).wakeAt?.evaluate({ predecessor: { readyAt: "2026-11-06T08:00:00.000Z" } });
    expect(parseInstant(wakeAt as string)).toBe(parseInstant("2026-11-07T08:00:00Z"));
  });

  it("holds a condition given as a parameter", () => {
    const conditional = edgeOf("home-fiber-add", "book-installation", 1);
    const waiting = { predecessor: { outcome: "OPEN" } };
    expect(conditional.satisfiedWhen.holds({ ...waiting, item: { characteristics: { routerDelivery: "POST" } } })).toBe(true);
    expect(conditional.satisfiedWhen.holds({ ...waiting, item: { characteristics: { routerDelivery: "TECHNICIAN" } } })).toBe(false);
  });

  it("takes what happens when impossible from itself, its type, or falls out", () => {
    expect(edgeOf("furniture-delivery-add", "restock-goods", 0).onImpossible).toBe("SKIP");
    expect(edgeOf("furniture-delivery-add", "dispatch-goods", 0).onImpossible).toBe("FALLOUT");
  });

  it("gives an alternative all parameters of its task", () => {
    expect(taskOf("home-fiber-add", "reserve-router").alternatives.map(({ onCodes, with: given }) => [onCodes, given.evaluate({})])).toEqual([
      [["OUT_OF_STOCK"], { resource: "WIFI_ROUTER_PLUS" }],
    ]);
  });
});
