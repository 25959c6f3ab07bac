import type { Json } from "../../engine/support/json.ts";
import { patchBetween } from "./content-patch.ts";
import type { FileUpdate } from "./language-service.ts";

/** What a worker knows of the draft: says what to send so that it knows the present state. */
export class FileMirror {
  #sent: ReadonlyMap<string, Json> = new Map();

  /** The updates from what was sent so far to these files, which count as sent from now on. */
  updatesTo(files: ReadonlyMap<string, { readonly content: Json }>): readonly FileUpdate[] {
    const updates: FileUpdate[] = [];
    for (const [path, { content }] of files) {
      const patch = patchBetween(this.#sent.get(path), content);
      if (patch !== null) updates.push({ path, patch });
    }
    for (const path of this.#sent.keys()) if (!files.has(path)) updates.push({ path, patch: null });
    if (updates.length > 0) this.#sent = new Map([...files].map(([path, { content }]) => [path, content]));
    return updates;
  }
}
