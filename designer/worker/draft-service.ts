import { draftsApi } from "../api/drafts.ts";
import { ApiError, setBearer } from "../api/http.ts";
import type { SaveResult } from "../../server/promotion/drafts.ts";
import { FileTexts, type Telling } from "./file-texts.ts";
import { writeKept, type KeptPlace } from "./kept-store.ts";

/** A file to keep, with what it was made to: states by number, null where there is no file. */
export interface NumberedKept extends KeptPlace {
  readonly before: number | null;
  readonly after: number | null;
}

/** A draft to save into, on top of the commit that was seen. */
export interface SaveTarget {
  readonly name: string;
  readonly head: string;
  /** Who saves; null where the server asks nobody. */
  readonly token: string | null;
}

/** What came of a save; a refusal as `ApiError` holds it. */
export type Sent = { readonly ok: true; readonly result: SaveResult } | { readonly ok: false; readonly refusal: Pick<ApiError, "message" | "status" | "code" | "problem"> };

/** Keeps and sends what an author did, beside the page: writing out and sending the text of a large table takes longer than a key may. */
export class DraftService {
  readonly #texts = new FileTexts();

  /** True as soon as the worker is there. */
  answers(): true {
    return true;
  }

  /** Keeps files in this browser and forgets others. Rejects when there is no room. */
  keep(telling: Telling, files: readonly NumberedKept[], forget: readonly KeptPlace[]): Promise<void> {
    this.#texts.take(telling);
    return writeKept(files.map(({ before, after, ...place }) => ({ ...place, text: this.#textOf(after), before: this.#textOf(before) })), forget);
  }

  /** Saves files into a draft; a file without a state is taken away. */
  async save(telling: Telling, { name, head, token }: SaveTarget, files: readonly { readonly path: string; readonly after: number | null }[]): Promise<Sent> {
    this.#texts.take(telling);
    setBearer(() => Promise.resolve(token));
    try {
      return { ok: true, result: await draftsApi.save(name, head, files.map(({ path, after }) => ({ path, text: this.#textOf(after) }))) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { message, status, code, problem } = error;
      return { ok: false, refusal: { message, status, code, problem } };
    }
  }

  #textOf(state: number | null): string | null {
    return state === null ? null : this.#texts.textOf(state);
  }
}
