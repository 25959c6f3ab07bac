import type { Kind } from "../../engine/language/kinds.ts";
import { jsonPointer } from "../../engine/support/json-pointer.ts";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import type { Json } from "../../engine/support/json.ts";
import type { Lookup } from "../plan/plan-view.ts";

import { isInside } from "./place.ts";

/** How a definition of the draft stands to what is live. */
export type Standing = "live" | "changed" | "new";

/** What every field may ask: which file it stands in, where, and what else there is to name. */
export interface FormContext {
  /** Another number whenever anything here changes: the form library takes functions for equal, and would keep fields as they were. */
  readonly revision: number;
  readonly path: string;
  readonly kind: Kind;
  /** JSON Pointer of the place the form shows. */
  readonly base: string;
  /** JSON Pointer of the place one wants to go to. */
  readonly at: string;
  /** What stands at a JSON Pointer now. */
  readonly valueAt: (pointer: string) => Json | undefined;
  readonly find: Lookup;
  /** All definitions of a kind, by title. */
  readonly all: (kind: Kind) => readonly { readonly key: string; readonly title: string; readonly version: number; readonly standing: Standing }[];
  /** Names inside this definition that a property may hold, such as the tasks of a template. */
  readonly names: (what: string) => readonly { readonly key: string; readonly title: string }[];
  /** Problems by JSON Pointer. */
  readonly problems: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly goTo: (path: string) => void;
}

/** The problems of a place and of everything inside it. */
export function problemsInside({ problems }: FormContext, pointer: string): readonly Diagnostic[] {
  return [...problems].flatMap(([place, found]) => (isInside(place, pointer) ? found : []));
}

/** The JSON Pointer of a field, from the path the form library gives it. */
export function pointerOf({ base }: FormContext, path: readonly (string | number)[]): string {
  return base + jsonPointer(...path);
}
