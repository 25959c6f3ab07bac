import type { Definition, Kind } from "../language/kinds.ts";
import type { Json } from "../support/json.ts";

/**
 * The way to a place inside a definition: names of properties, and for an element of a list the name that tells it apart
 * (`element-names.ts`), as in `["tasks", "reserve-ont", "with", "resource"]`.
 */
export type Path = readonly string[];

/** An element on the way to a change, in the words of its list. */
export interface Enclosing {
  /** What its list calls it: `task`, `dependency`, `row`, … */
  readonly element: string;
  readonly name: string;
  /** What people call it. */
  readonly title: string;
}

interface ChangeHead {
  /** Stable name of the kind of change, for programs: `task-added`, `row-changed`, `property-changed`, … */
  readonly code: string;
  readonly path: Path;
  /** The elements the change is in, the outermost first; for a change of a whole element the last one is itself. */
  readonly within: readonly Enclosing[];
}

/** An element came, went or is another one; `after` is the element it stands behind now, null at the start of the list. */
export type ElementChange = ChangeHead & (
  | { readonly op: "add"; readonly value: Json; readonly after: string | null }
  | { readonly op: "remove"; readonly before: Json }
  | { readonly op: "replace"; readonly before: Json; readonly value: Json }
  /** Another key in the property that holds it. Everything in the definition that names the element follows. */
  | { readonly op: "rename"; readonly property: string; readonly from: string; readonly to: string }
  /** Only where the order means something. */
  | { readonly op: "move"; readonly after: string | null; readonly wasAfter: string | null }
);

/** A property has another value; absent on the side that does not have it. */
export type PropertyChange = ChangeHead & { readonly op: "set"; readonly before?: Json; readonly value?: Json };

export type Change = ElementChange | PropertyChange;

interface DiffHead {
  readonly kind: Kind;
  readonly key: string;
  readonly title: string;
}

/** What became of one definition. */
export type DefinitionDiff = DiffHead & (
  | { readonly status: "added"; readonly definition: Definition }
  | { readonly status: "removed"; readonly definition: Definition }
  | { readonly status: "changed"; readonly changes: readonly Change[] }
  /** Called `from` before. References to it follow the rename and are no changes. */
  | { readonly status: "renamed"; readonly from: string; readonly changes: readonly Change[] }
);

/**
 * Something that stands in another order and means the same: tasks of a template, rows of a table whose hit policy does not
 * ask, names of a request. Kept so that `applyDiff` gives the very text of the file, and never shown as a change.
 */
export type Arrangement = { readonly path: Path } & (
  | { readonly op: "move"; readonly after: string | null }
  /** All names of a free object, in their order. */
  | { readonly op: "order"; readonly names: readonly string[] }
  /** An equal value whose inner objects name their properties in another order. */
  | { readonly op: "rewrite"; readonly value: Json }
  /** A list without elements is written now, or left out. */
  | { readonly op: "presence"; readonly written: boolean }
);

export interface DefinitionArrangement {
  readonly kind: Kind;
  readonly key: string;
  readonly arrangement: readonly Arrangement[];
}

/** What distinguishes two sets of definitions, by identity and not by place. Plain data. */
export interface ReleaseDiff {
  /** What has another meaning, by kind and key. Empty when nothing has. */
  readonly definitions: readonly DefinitionDiff[];
  readonly arrangements: readonly DefinitionArrangement[];
  /** What people call the definitions and elements the changes refer to: `task-type/ship-device`, `plan-template/a#task/b`. */
  readonly titles: { readonly [name: string]: string };
}
