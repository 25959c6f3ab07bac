import { describe, expect, it } from "vitest";
import type { CompiledRelease } from "../../../engine/language/compiled-release.ts";
import type { TargetSystem } from "../../../engine/language/kinds.ts";
import { createAdapters, missingEndpoints } from "../../../server/adapters/adapters.ts";
import { createInProcessAdapter } from "../../../server/adapters/in-process-adapter.ts";
import { dispatchTask, patient, queryTask } from "./dispatch-task.ts";

const system = (key: string, adapter: string): TargetSystem => ({
  kind: "target-system", key, version: 1, title: key, description: key, adapter, endpoint: `${key.toUpperCase()}_ENDPOINT`, completion: "response",
  effects: { class: "idempotent-key" }, limits: { concurrency: 1 }, failures: "failure-classes",
});

function releaseOf(...systems: readonly TargetSystem[]): CompiledRelease {
  return { name: "2026.11.0", targetSystems: new Map(systems.map((definition) => [definition.key, { definition }])) } as unknown as CompiledRelease;
}

describe("the registry of adapters", () => {
  it("gives every target system one adapter of its own, as its definition names it", async () => {
    const adapters = createAdapters({
      endpoints: {}, callbackBaseUrl: "http://us",
      factories: { memory: (definition) => createInProcessAdapter(() => ({ status: "succeeded", result: definition.key })) },
    });
    const release = releaseOf(system("billing", "memory"), system("carrier", "memory"), system("activation", "http"), system("old", "soap"));
    const billing = adapters.adapterFor("billing", release);
    expect(adapters.adapterFor("billing", release)).toBe(billing);
    expect(adapters.adapterFor("carrier", release)).not.toBe(billing);
    expect(await billing.send(dispatchTask(), patient)).toEqual({ status: "succeeded", result: "billing" });
    expect(await adapters.adapterFor("activation", release).send(dispatchTask(), patient)).toMatchObject({ failure: { code: "ENDPOINT_NOT_CONFIGURED", effect: "NONE" } });
    expect(await adapters.adapterFor("old", release).send(dispatchTask(), patient)).toMatchObject({ failure: { code: "ADAPTER_UNKNOWN", effect: "NONE" } });
    expect(await adapters.adapterFor("gone", release).send(dispatchTask(), patient)).toMatchObject({ failure: { code: "TARGET_SYSTEM_UNKNOWN", effect: "NONE" } });
    expect(await adapters.adapterFor("gone", release).query(queryTask(), patient)).toMatchObject({ status: "unanswered" });
    adapters.close();
  });

  it("lists the endpoints that are not set", () => {
    const release = releaseOf(system("billing", "http"), system("carrier", "http"), system("memory", "memory"));
    expect(missingEndpoints(release, { BILLING_ENDPOINT: "http://b" })).toEqual(["CARRIER_ENDPOINT"]);
  });
});

describe("an adapter around a function", () => {
  it("never throws; a handler that breaks may have acted", async () => {
    const adapter = createInProcessAdapter(() => {
      throw new Error("boom");
    });
    expect(await adapter.send(dispatchTask(), patient)).toMatchObject({ failure: { code: "ADAPTER_FAILED", effect: "POSSIBLE", message: "boom" } });
    expect(await adapter.query(queryTask(), patient)).toEqual({ status: "notFound" });
  });
});
