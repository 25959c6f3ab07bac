import { describe, expect, it } from "vitest";
import { compile } from "../../../engine/language/compile.ts";
import { brokenReleases } from "./broken-releases.ts";
import { editDraft } from "./edit-draft.ts";
import { filesOf, minimalRelease } from "./minimal-release.ts";

describe("given a valid release", () => {
  it("compiles without errors or warnings", () => {
    expect(compile(filesOf(minimalRelease()), { name: "test" })).toMatchObject({ ok: true, warnings: [] });
  });

  it.each(brokenReleases)("when $when, then exactly $code at $at", ({ code, at, edits }) => {
    const release = minimalRelease();
    for (const edit of edits) editDraft(release, edit);
    const result = compile(filesOf(release), { name: "test" });
    const found = result.ok ? result.warnings : result.diagnostics;
    expect(found.map((each) => `${each.code} ${each.file}#${each.path}`)).toEqual([`${code} ${at}`]);
    expect(found[0]?.message).toMatch(/^\S.{10,}[.?]\)?$/s);
  });
});
