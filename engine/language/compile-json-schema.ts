import type { Json } from "../support/json.ts";

/** A violation of a JSON Schema: where (JSON Pointer into the checked value) and what to do about it. */
export interface SchemaViolation {
  readonly path: string;
  readonly message: string;
}

/** Checks one value against a compiled JSON Schema; an empty list means it fits. */
export type EvidenceCheck = (value: Json) => readonly SchemaViolation[];
