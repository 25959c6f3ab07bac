import { readFile, writeFile } from "node:fs/promises";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import { mergeText } from "../../engine/merge/conflict-text.ts";
import { mergeDefinition } from "../../engine/merge/merge-definition.ts";
import type { Json } from "../../engine/support/json.ts";
import { parseArguments } from "./parse-arguments.ts";
import type { Terminal } from "./terminal.ts";
import { EnvironmentError } from "./usage-error.ts";

/**
 * `orderloom merge-driver BASE OURS THEIRS [PATH]`: what Git calls to merge one file of definitions, layout or the release.
 * Writes the result over OURS, as Git expects. Ends with 1 on a conflict, after a sentence for each on standard error and
 * with markers around exactly what is in conflict. A version that is no JSON cannot be merged by content: then OURS stays as
 * it is, and Git says that the file is in conflict.
 */
export async function mergeDriverCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals } = parseArguments(args, { values: [], flags: [], positionals: { atLeast: 3, atMost: 4, missing: "Name three files: base, ours and theirs." } });
  const [baseFile = "", oursFile = "", theirsFile = "", path = oursFile] = positionals;
  const [base, ours, theirs] = await Promise.all([readVersion(baseFile, path), readVersion(oursFile, path), readVersion(theirsFile, path)]);
  const broken = [["the common origin", base], ["ours", ours], ["theirs", theirs]] as const;
  for (const [which, version] of broken) if (!version.ok) terminal.complain(`${path}: ${which} cannot be read: ${version.message}`);
  if (!base.ok || !ours.ok || !theirs.ok) return 1;
  const merge = mergeDefinition(base.content, ours.content, theirs.content);
  await writeFile(oursFile, mergeText(merge));
  for (const { words } of merge.conflicts) terminal.complain(`${path}: ${words}`);
  return merge.conflicts.length === 0 ? 0 : 1;
}

type Version = { readonly ok: true; readonly content: Json } | { readonly ok: false; readonly message: string };

/** One version; Git hands over an empty file where a side has no origin. */
async function readVersion(file: string, path: string): Promise<Version> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new EnvironmentError(`${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  });
  if (text.trim() === "") return { ok: true, content: null };
  const parsed = parseDefinition(text, path);
  return parsed.ok ? { ok: true, content: parsed.content } : { ok: false, message: parsed.diagnostics.map(({ message }) => message).join(" ") };
}
