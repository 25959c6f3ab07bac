import { Defect } from "../../support/defect.ts";
import type { JsonObject } from "../../support/json.ts";
import type { OrderEvent } from "../events.ts";
import { nothingLeftOut } from "./nothing-left-out.ts";
import type { UpcastStep } from "./upcast-step.ts";

/** All steps, from version 1 on and without a gap. */
export const UPCAST_STEPS: readonly UpcastStep[] = [nothingLeftOut];

/** Version of the events this program writes; every row of a journal carries the one it was written in. */
export const EVENT_VERSION = UPCAST_STEPS.length + 1;

/**
 * Reads events of an older version as those of today, so that a journal written once can be replayed for ever. Stored
 * events are never rewritten. Events of a newer program are a defect: reading them as if they were ours would lose what
 * only that program knows.
 */
export function upcastEvents(events: readonly JsonObject[], version: number): readonly OrderEvent[] {
  if (version < 1 || version > EVENT_VERSION) throw new Defect(`These events are of version ${version}, and this program knows versions 1 to ${EVENT_VERSION}; use the program that wrote them`);
  const steps = UPCAST_STEPS.slice(version - 1);
  return events.map((event) => steps.reduce((upcast, step) => step.upcast(upcast), event)) as unknown as readonly OrderEvent[];
}
