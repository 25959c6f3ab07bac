import type { CheckExample } from "./check-example.ts";
import type { Edit } from "./edit-release.ts";
import { LANGUAGE_VERSION } from "../language-version.ts";
import { ACTIVATE, MAP, RESERVE, TEMPLATE } from "./files.ts";

/** An example of a release that is wrong beside the one published before it, which is the minimal release. */
const against = (code: string, when: string, at: string, edits: readonly Edit[], base: readonly Edit[] = []): CheckExample => ({ code, when, at, edits, base });

/** An example of a release that says it is written in some version of the language. */
const writtenIn = (languageVersion: number, code: string, when: string): CheckExample => ({ code, when, edits: [], at: "release.json#/languageVersion", languageVersion });

/** What a release says about itself, and a release compared with the one it follows. */
export const releaseExamples: readonly CheckExample[] = [
  writtenIn(LANGUAGE_VERSION + 1, "language-version-unsupported", "a newer program has written it"),
  writtenIn(1, "language-version-outdated", "it was never upgraded"),
  against("version-immutable", "a published version has other content", `${RESERVE}#/version`, [[RESERVE, "/title", "Another title"]]),
  against("version-order", "a version goes back", `${MAP}#/version`, [], [[MAP, "/version", 7]]),
  against("breaking-change", "a task type of published plans is removed", `${RESERVE}#`, [[RESERVE, "", undefined]]),
  against("breaking-change", "an output that published plans use is removed", `${RESERVE}#/outputs`, [[RESERVE, "/outputs", {}], [RESERVE, "/version", 2]]),
  against("breaking-change", "a milestone that billing waits for asks for more", `${TEMPLATE}#/milestones/0`, [[TEMPLATE, "/milestones/0/reachedBy", ["activate", "ship"]], [TEMPLATE, "/version", 2]]),
  against("breaking-change", "a milestone that billing waits for is removed", `${TEMPLATE}#/milestones`, [[TEMPLATE, "/milestones", []], [TEMPLATE, "/version", 2], [ACTIVATE, "/version", 2]]),
];
