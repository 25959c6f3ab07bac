import { formatDefinition } from "../../engine/language/format-definition.ts";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import type { Json } from "../../engine/support/json.ts";
import { applyPatch, type ContentPatch } from "./content-patch.ts";

/** One state of a file: its text, or how its content follows from that of a state told before (null: from nothing). */
export type ToldState = { readonly number: number } & ({ readonly text: string } | { readonly from: number | null; readonly patch: ContentPatch });

/** What somebody who knew some states must hear to know the present ones. */
export interface Telling {
  readonly states: readonly ToldState[];
  /** States nobody will name again. */
  readonly forget: readonly number[];
}

interface Known {
  text: string | null;
  content: Json | null;
}

/** The texts of states of files, by number. An edited table is told by the rows that changed, and written out here, beside the page. */
export class FileTexts {
  readonly #known = new Map<number, Known>();

  take({ states, forget }: Telling): void {
    for (const state of states) {
      if ("text" in state) this.#known.set(state.number, { text: state.text, content: null });
      else this.#known.set(state.number, { text: null, content: applyPatch(state.from === null ? undefined : this.#contentOf(state.from), state.patch) });
    }
    for (const number of forget) this.#known.delete(number);
  }

  /** The text of a state; the canonical one where only its content was told. */
  textOf(number: number): string {
    const known = this.#stateOf(number);
    known.text ??= formatDefinition(known.content);
    return known.text;
  }

  #contentOf(number: number): Json {
    const known = this.#stateOf(number);
    if (known.content !== null || known.text === null) return known.content;
    const parsed = parseDefinition(known.text, "");
    if (!parsed.ok) throw new Error("A state that is no JSON has no content to go on from.");
    known.content = parsed.content;
    return known.content;
  }

  #stateOf(number: number): Known {
    const known = this.#known.get(number);
    if (known === undefined) throw new Error(`State ${number} was never told.`);
    return known;
  }
}
