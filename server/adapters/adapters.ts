import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { TargetSystem } from "../../engine/language/kinds.ts";
import type { Adapter } from "./adapter.ts";
import { failedReport } from "./failed-report.ts";
import { createHttpAdapter } from "./http-adapter.ts";

/** Makes the adapter of one target system. */
export type AdapterFactory = (system: TargetSystem) => Adapter;

export interface AdaptersOptions {
  /** Environment variable -> address; `process.env` itself will do. */
  readonly endpoints: { readonly [name: string]: string | undefined };
  /** Where target systems reach this server, for example `http://localhost:3000`. */
  readonly callbackBaseUrl: string;
  /** Longest exchange of the built-in HTTP adapter. */
  readonly timeoutMs?: number;
  /** Further adapters by the name definitions use, or another one in place of `http`. */
  readonly factories?: { readonly [adapter: string]: AdapterFactory };
}

export interface Adapters {
  /** The adapter a release names for a target system; the same one, with its connections, on every call. */
  readonly adapterFor: (targetSystem: string, release: CompiledRelease) => Adapter;
  readonly close: () => void;
}

/** The registry of adapters: from a definition's `adapter` and `endpoint` to something that sends. */
export function createAdapters(options: AdaptersOptions): Adapters {
  const factories = new Map<string, AdapterFactory>(Object.entries({ http, ...options.factories }));
  const made = new Map<string, Adapter>();

  function http(system: TargetSystem): Adapter {
    return createHttpAdapter({
      targetSystem: system.key,
      endpointName: system.endpoint,
      endpoint: options.endpoints[system.endpoint],
      callbackBaseUrl: options.callbackBaseUrl.replace(/\/+$/, ""),
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    });
  }

  return {
    adapterFor(targetSystem, release) {
      const system = release.targetSystems.get(targetSystem)?.definition;
      if (!system) return refusing("TARGET_SYSTEM_UNKNOWN", `Release ${release.name} has no target system ${targetSystem}.`);
      const factory = factories.get(system.adapter);
      if (!factory) return refusing("ADAPTER_UNKNOWN", `Target system ${targetSystem} names the adapter ${system.adapter}, which this server does not have.`);
      const id = JSON.stringify([system.adapter, system.endpoint, system.key]);
      let adapter = made.get(id);
      if (!adapter) made.set(id, (adapter = factory(system)));
      return adapter;
    },
    close() {
      for (const adapter of made.values()) adapter.close?.();
      made.clear();
    },
  };
}

/** Environment variables that a release needs for its HTTP target systems and that are not set; checked at start. */
export function missingEndpoints(release: CompiledRelease, endpoints: AdaptersOptions["endpoints"]): string[] {
  const names = [...release.targetSystems.values()].map((system) => system.definition).filter((system) => system.adapter === "http").map((system) => system.endpoint);
  return [...new Set(names)].filter((name) => (endpoints[name] ?? "").trim() === "").sort();
}

function refusing(code: string, message: string): Adapter {
  return {
    send: () => Promise.resolve(failedReport(code, "NONE", message)),
    query: () => Promise.resolve({ status: "unanswered", reason: message }),
  };
}
