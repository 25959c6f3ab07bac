import { editRelease, type Edit } from "./edit-release.ts";
import { minimalRelease, type Draft, type DraftValue } from "./minimal-release.ts";

/** A change that makes the minimal release wrong in exactly one way: the test, the documentation and the help of a code. */
export interface CheckExample {
  readonly code: string;
  /** What is wrong, as the end of "when …". */
  readonly when: string;
  readonly edits: readonly Edit[];
  /** File and JSON Pointer of the one diagnostic. */
  readonly at: string;
  /** A file whose text no JSON value could stand for, in place of the one of that path. */
  readonly text?: { readonly file: string; readonly content: string };
  /** The roles that people hold, where the code is about them. */
  readonly roles?: readonly string[];
  /** The version of the language it says it is written in; today's when left out. */
  readonly languageVersion?: number;
  /** Changes of the release it is compared with; without them it is looked at alone. */
  readonly base?: readonly Edit[];
}

/** An example of a release that is wrong by itself. */
export const broken = (code: string, when: string, at: string, ...edits: readonly Edit[]): CheckExample => ({ code, when, at, edits });

/** A copy of a definition of the minimal release under another key, changed. */
export function copyOf(file: string, key: string, changes: Draft): Edit {
  const [kind = ""] = file.split("/");
  return [`${kind}/${key}.json`, "", { ...minimalRelease().get(file), key, ...changes }];
}

/** A condition of one comparison. */
export const comparison = (fact: string, path: string, operator: string, value: DraftValue): Draft => ({ all: [{ fact, path, operator, value }] });

/** The minimal release with the changes made. */
export function changedRelease(edits: readonly Edit[]): Map<string, Draft> {
  const release = minimalRelease();
  for (const edit of edits) editRelease(release, edit);
  return release;
}
