import type { JsonObject } from "../../support/json.ts";

/** How definitions of one version of the language are read as those of the next. A step is frozen once it is released. */
export interface UpgradeStep {
  /** The version it starts from; it leads to the one after. */
  readonly from: number;
  /** What changed, in one sentence for authors. */
  readonly change: string;
  /** Pure; leaves what is already written in the new notation, as drafts on an older release may be; gives back the very definition when it does not concern it, and does not trust their shape. */
  readonly upgrade: (definition: JsonObject) => JsonObject;
}
