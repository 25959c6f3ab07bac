import { diagnosticCodes } from "../diagnostic-codes.ts";
import { formatDefinition } from "../format-definition.ts";
import { formatProblems } from "../format-problems.ts";
import { locateProblems } from "../locate-problems.ts";
import type { Json } from "../../support/json.ts";
import { checkExamples } from "./all-examples.ts";
import { changedRelease, type CheckExample } from "./check-example.ts";
import type { Edit } from "./edit-release.ts";
import { secretIn } from "../secret-patterns.ts";
import { runExample } from "./run-example.ts";

/** What can be said about one code of the catalogue. */
export interface CheckHelp {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly explanation: string;
  readonly fix: string;
  /** A minimal mistake; null for `too-many-problems`, which is no rule. */
  readonly example: {
    /** What is wrong, as the end of "when …". */
    readonly when: string;
    /** The changes that make a small valid release wrong, one a line. */
    readonly changes: readonly string[];
    /** What a check of it prints. */
    readonly answer: readonly string[];
  } | null;
}

/** Characters of a value that a line of help shows. */
const SHOWN_MAX = 160;
const CHANGES_MAX = 4;

/** Explanation, fix and example of a code; null for a code that does not exist. */
export function explainCheck(code: string): CheckHelp | null {
  const entry = Object.hasOwn(diagnosticCodes, code) ? diagnosticCodes[code] : undefined;
  if (!entry) return null;
  const example = checkExamples.find((each) => each.code === code);
  return { code, ...entry, example: example ? { when: example.when, changes: changesOf(example), answer: answerTo(example) } : null };
}

/** The codes of the catalogue, in its order. */
export function explainedCodes(): readonly string[] {
  return Object.keys(diagnosticCodes);
}

function changesOf({ edits, text, base, roles, languageVersion }: CheckExample): readonly string[] {
  if (text) return [`${text.file} holds ${shorten(text.content.replaceAll("\n", "\\n"))}`];
  const lines = [
    ...(base ?? []).map((edit) => `published: ${changeOf(edit)}`),
    ...edits.map(changeOf),
    ...(languageVersion === undefined ? [] : [`release.json /languageVersion = ${languageVersion}`]),
    ...(roles ? [`people hold the roles ${roles.join(", ")}`] : []),
  ];
  return lines.length <= CHANGES_MAX ? lines : [...lines.slice(0, CHANGES_MAX - 1), `… and ${lines.length - CHANGES_MAX + 1} more changes`];
}

function changeOf([file, pointer, value]: Edit): string {
  const place = `${file}${pointer === "" ? "" : ` ${pointer}`}`;
  return value === undefined ? `${place} is removed` : `${place} = ${shorten(masked(JSON.stringify(value)))}`;
}

/** Not even an example of a secret is written out: scanners of repositories would rightly complain. */
const masked = (text: string): string => (secretIn(text) === null ? text : `${text.slice(0, 9)}…"`);
const visible = (text: string): string => text.replaceAll(/[\u200B-\u200F\u202A-\u202E\u2060-\u206F]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
const shorten = (text: string): string => (text.length > SHOWN_MAX ? `${visible(text).slice(0, SHOWN_MAX)}…` : visible(text));

function answerTo(example: CheckExample): readonly string[] {
  const release = changedRelease(example.edits);
  const textOf = (file: string): string | undefined => {
    if (example.text?.file === file) return example.text.content;
    const draft = release.get(file);
    return draft === undefined ? undefined : formatDefinition(draft as Json);
  };
  return formatProblems(locateProblems(runExample(example), textOf), "text");
}
