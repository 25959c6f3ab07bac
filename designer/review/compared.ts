import { describeDefinitions } from "../../engine/diff/describe-diff.ts";
import { diffDefinitions } from "../../engine/diff/diff-definitions.ts";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import type { Definition } from "../../engine/language/kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import type { DiffReport } from "../../server/promotion/review-sections.ts";
import { draftsApi } from "../api/drafts.ts";
import { releasesApi } from "../api/releases.ts";
import type { Files } from "../workspace/history.ts";
import { isDefinition, readFiles } from "../workspace/workspace.ts";

/** One side of a comparison, as the address names it: `live`, the digest of a release, or `draft:` and the name of a draft. */
export type SideName = string;

export interface ComparedSide {
  readonly what: "live" | "release" | "draft";
  /** What people call it. */
  readonly title: string;
  /** Where one can look at it; null where that is nowhere. */
  readonly draft: string | null;
  readonly files: Files;
}

const NONE: Files = new Map();

/** Reads one side. Throws with the server's words when there is no such thing. */
export async function readSide(name: SideName): Promise<ComparedSide> {
  if (name.startsWith("draft:")) {
    const draft = name.slice("draft:".length);
    const [view, { files }] = await Promise.all([draftsApi.one(draft), draftsApi.files(draft)]);
    return { what: "draft", title: view.title, draft, files: readFiles(files, NONE) };
  }
  if (name === "live") {
    const { release, files } = await draftsApi.live();
    return { what: "live", title: release.name, draft: null, files: readFiles(files, NONE) };
  }
  const bundle = await releasesApi.bundle(name);
  const texts = bundle.definitions.map((definition) => ({ path: `${definition.kind}/${definition.key}.json`, text: formatDefinition(definition as unknown as Json) }));
  return { what: "release", title: bundle.name, draft: null, files: readFiles(texts, NONE) };
}

/** What distinguishes two sides; of one definition alone when `only` names it. */
export function compareSides(from: Files, to: Files, only: string | undefined): DiffReport {
  const whole = diffDefinitions(definitionsIn(from), definitionsIn(to));
  const diff = only === undefined ? whole : { ...whole, definitions: whole.definitions.filter(({ kind, key }) => `${kind}/${key}` === only) };
  const definitions = describeDefinitions(diff);
  return { words: definitions.flatMap(({ summary }) => summary), definitions, diff };
}

function definitionsIn(files: Files): readonly Definition[] {
  return [...files.values()].flatMap(({ content }) => (isDefinition(content) ? [content] : []));
}
