import type { Field } from "./field.ts";

const TMF_ORDINARY = 2;
const TMF_HIGHEST = 0;
const TMF_LOWEST = 4;

/** TMF counts "0" (highest) to "4" (lowest); ours sorts DESC and 0 is ordinary, which is TMF's "2" and what an order without one gets. */
export function fromTmfPriority(field: Field): number {
  if (!field.present) return 0;
  if (typeof field.value !== "string" || !/^[0-4]$/.test(field.value)) {
    field.refuse("invalid-value", 'Send a text from "0" (highest) to "4" (lowest).');
    return 0;
  }
  return TMF_ORDINARY - Number(field.value);
}

/** The way back; priorities beyond TMF's scale show as its ends. */
export function toTmfPriority(priority: number): string {
  return String(Math.min(TMF_LOWEST, Math.max(TMF_HIGHEST, TMF_ORDINARY - priority)));
}
