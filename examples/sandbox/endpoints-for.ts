import { SYSTEMS } from "./systems.ts";

/** Name of the environment variable that holds a target system's address: `resource-inventory` -> `RESOURCE_INVENTORY_ENDPOINT`. */
export function endpointName(system: string): string {
  return SYSTEMS[system]?.endpoint ?? `${system.toUpperCase().replaceAll("-", "_")}_ENDPOINT`;
}

/** The environment of a server whose target systems all live in the sandbox at `baseUrl`. Further systems may be named. */
export function endpointsFor(baseUrl: string, systems: readonly string[] = []): { [name: string]: string } {
  const base = baseUrl.replace(/\/+$/, "");
  const keys = [...new Set([...Object.keys(SYSTEMS), ...systems])];
  return Object.fromEntries(keys.map((system) => [endpointName(system), `${base}/${system}`]));
}
