import { canonicalJson } from "../../../engine/support/canonical-json.ts";
import type { Json } from "../../../engine/support/json.ts";
import { checker } from "./checker.ts";

export const releaseContent = checker("I-26", "a published release never changes", function* ({ releases, dump }) {
  const stored = new Map(dump.releases.map(({ digest, definitions }) => [digest, definitions]));
  for (const [digest, { definitions }] of releases) {
    const found = stored.get(digest);
    if (found === undefined) yield [digest, "is not stored"] as const;
    else if (canonicalJson(found) !== canonicalJson(definitions as unknown as Json)) yield [digest, "is stored with another content"] as const;
  }
});
