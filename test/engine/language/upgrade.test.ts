import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compile } from "../../../engine/language/compile.ts";
import { LANGUAGE_VERSION } from "../../../engine/language/language-version.ts";
import { bundleOf, compileBundle, type ReleaseBundle } from "../../../engine/language/release-bundle.ts";
import { UPGRADE_STEPS, upgradeDefinitions } from "../../../engine/language/upgrade/upgrade-definitions.ts";
import type { JsonObject } from "../../../engine/support/json.ts";
import { loadDefinitions } from "../../support/load-definitions.ts";

const fixture = (version: number) => JSON.parse(readFileSync(new URL(`../../fixtures/version-${version}/release.json`, import.meta.url), "utf8")) as ReleaseBundle;

const schema = (rule: JsonObject): JsonObject => ({ kind: "order-schema", key: "a", qualification: { technical: rule } });

/** One definition before and after each step. */
const EXAMPLES: readonly { readonly from: number; readonly before: JsonObject; readonly after: JsonObject }[] = [
  { from: 1, before: schema({ required: true, for: ["LINE"], validFor: "P7D" }), after: schema({ required: true, validFor: "P7D", offerings: ["LINE"] }) },
];

describe("the steps between versions of the language", () => {
  it("are numbered from 1 without a gap and lead to today's", () => {
    expect(UPGRADE_STEPS.map(({ from }) => from)).toEqual(UPGRADE_STEPS.map((_, position) => position + 1));
    expect(LANGUAGE_VERSION).toBe(UPGRADE_STEPS.length + 1);
  });

  it("have an example each", () => {
    expect(EXAMPLES.map(({ from }) => from)).toEqual(UPGRADE_STEPS.map(({ from }) => from));
  });

  it.each(EXAMPLES)("$from: change what they say and nothing else", ({ from, before, after }) => {
    const other = { kind: "calendar", key: "for", for: 1 };
    expect(upgradeDefinitions([before, other, null, "text"], from)).toEqual([after, other, null, "text"]);
    expect(upgradeDefinitions([other], from)[0], "what is not concerned stays the very same").toBe(other);
    expect(upgradeDefinitions([after], from)[0], "what is written in the new notation already stays the very same").toBe(after);
  });

  it.each(UPGRADE_STEPS.map(({ from }) => from))("a release published in version %i compiles for ever, under its own digest and unchanged", (version) => {
    const bundle = fixture(version);
    expect(bundle.languageVersion).toBe(version);
    const compilation = compileBundle(bundle);
    if (!compilation.ok) throw new Error(JSON.stringify(compilation.diagnostics[0]));
    expect(compilation.release.digest).toBe(bundle.digest);
    expect(bundleOf(compilation.release)).toEqual(bundle);
    expect(compilation.warnings.map(({ code }) => code)).toContain("language-version-outdated");
    const again = compile(compilation.release.definitions.map((content) => ({ path: `${content.kind}/${content.key}.json`, content })), { name: bundle.name });
    expect(again.ok && again.release.digest, "the same in today's language is another release").not.toBe(bundle.digest);
  });

  it.each([LANGUAGE_VERSION + 1, 0, 1.5, Number.NaN])("version %s is refused, because this program does not know it", (languageVersion) => {
    const compilation = compile(loadDefinitions(), { name: "test", languageVersion });
    expect(compilation).toMatchObject({ ok: false, diagnostics: [{ code: "language-version-unsupported", file: "release.json", path: "/languageVersion" }] });
  });
});
