import type { Kind } from "../../engine/language/kinds.ts";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import type { Lookup } from "../plan/plan-view.ts";

/** What every field may ask: which file it stands in, where, and what else there is to name. */
export interface FormContext {
  readonly path: string;
  readonly kind: Kind;
  /** JSON Pointer of the place the form shows. */
  readonly base: string;
  readonly find: Lookup;
  /** Keys and titles of all definitions of a kind. */
  readonly all: (kind: Kind) => readonly { readonly key: string; readonly title: string; readonly version: number }[];
  /** Names inside this definition that a property may hold, such as the tasks of a template. */
  readonly names: (what: string) => readonly { readonly key: string; readonly title: string }[];
  /** Problems by JSON Pointer. */
  readonly problems: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly goTo: (path: string) => void;
}
