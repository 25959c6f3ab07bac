import type { JsonObject } from "../../support/json.ts";

/** How events of one version are read as those of the next. A step is frozen once it is released. */
export interface UpcastStep {
  /** The version it starts from; it leads to the one after. */
  readonly from: number;
  /** What changed, in one sentence. */
  readonly change: string;
  /** Pure; leaves events it does not concern as they are. */
  readonly upcast: (event: JsonObject) => JsonObject;
}
