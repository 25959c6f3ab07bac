import { wrap, type Remote } from "comlink";
import type { SimulationService } from "./simulation-service.ts";

let service: Remote<SimulationService> | null = null;

/** The simulator, started when it is first needed; apart from the compiler, so that neither waits for the other. */
export function simulationService(): Remote<SimulationService> {
  service ??= wrap<SimulationService>(new Worker(new URL("./simulation-worker.ts", import.meta.url), { type: "module", name: "simulation" }));
  return service;
}
