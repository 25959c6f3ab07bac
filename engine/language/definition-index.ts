import type { Definition, Kind } from "./kinds.ts";

type OfKind<K extends Kind> = Extract<Definition, { readonly kind: K }>;

/** A definition and the file it stands in. */
export interface FiledDefinition<D extends Definition = Definition> {
  readonly file: string;
  readonly definition: D;
}

/** The definitions of a release, found by kind and key. */
export class DefinitionIndex {
  readonly #byKind = new Map<Kind, Map<string, FiledDefinition>>();

  /** Returns the file that already holds this kind and key, and adds nothing, or null when the definition was added. */
  add(filed: FiledDefinition): string | null {
    let ofKind = this.#byKind.get(filed.definition.kind);
    if (!ofKind) this.#byKind.set(filed.definition.kind, (ofKind = new Map()));
    const present = ofKind.get(filed.definition.key);
    if (present) return present.file;
    ofKind.set(filed.definition.key, filed);
    return null;
  }

  get<K extends Kind>(kind: K, key: string): OfKind<K> | undefined {
    return this.#byKind.get(kind)?.get(key)?.definition as OfKind<K> | undefined;
  }

  has(kind: Kind, key: string): boolean {
    return this.#byKind.get(kind)?.has(key) ?? false;
  }

  keys(kind: Kind): string[] {
    return [...(this.#byKind.get(kind)?.keys() ?? [])];
  }

  /** All of one kind, in the order of their keys. */
  all<K extends Kind>(kind: K): FiledDefinition<OfKind<K>>[] {
    const ofKind = [...(this.#byKind.get(kind)?.values() ?? [])] as FiledDefinition<OfKind<K>>[];
    return ofKind.sort((a, b) => compare(a.definition.key, b.definition.key));
  }

  /** All definitions by kind and key: the canonical order of a release. */
  everything(): FiledDefinition[] {
    return [...this.#byKind.keys()].sort(compare).flatMap((kind) => this.all(kind) as FiledDefinition[]);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
