import { definitionSchemas } from "../../engine/language/definition-schemas.ts";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import { parseDefinition } from "../../engine/language/parse-definition.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import { draftBranch } from "../git/ref-names.ts";
import { bodyProblem, problem, type FieldProblem } from "../problems/problem.ts";
import { newChangeSetStatements, readChangeSet, touchChangeSet } from "../store/change-store.ts";
import { databaseFailure } from "../store/database-error.ts";
import { idOf, type DefinitionFiles } from "./definition-files.ts";
import { signatureOf, wrote } from "./four-eyes.ts";
import { findOpenChangeSet, liveFiles, takeStep, type OpenChangeSet, type PromotionContext } from "./promotion-context.ts";

/** Who does something, when. */
export interface Doing {
  readonly actor: string;
  readonly at: string;
}

/** One file of a draft to be saved; a text of null takes it away. */
export interface SavedFile {
  readonly path: string;
  readonly text: string | null;
}

/** What a save made of a draft. */
export interface SaveResult {
  readonly head: string;
  /** The files that differ from what was there. */
  readonly saved: readonly { readonly path: string; readonly removed: boolean }[];
}

/** Begins a draft at what is live now. Names are given once and for all. */
export async function createDraft(context: PromotionContext, name: string, title: string, { actor, at }: Doing): Promise<void> {
  const branch = draftBranch(actor, name);
  const { commit } = await liveFiles(context);
  const known = await readChangeSet(context.database.select, name);
  if (known !== null && !(known.author === actor && known.revision === 1 && known.title === title)) throw problem("draft-exists", `${known.author} has begun a draft of this name; choose another one.`);
  const row = { name, branch, author: actor, title, reason: "", state: "DRAFT", reviewedCommit: null, releaseDigest: null, createdAt: at, updatedAt: at };
  if (known === null) {
    const step = { at, actor, action: "created", commit, text: title, details: null };
    await context.database.write(newChangeSetStatements(row, step)).catch((error: unknown) => {
      throw databaseFailure(error) === "conflict" ? problem("draft-exists") : error;
    });
  }
  if ((await context.repository.head(branch)) === null && !(await context.repository.move(branch, commit, null))) throw problem("draft-exists");
}

/**
 * Saves files into a draft as one commit of the author, on top of the commit the author has seen. A draft may hold
 * definitions that do not compile, but each file is JSON, and is written in its canonical text; versions are not the
 * author's to choose. When somebody else saved meanwhile nothing is written, and the refusal says who and when.
 */
export async function saveDraft(context: PromotionContext, name: string, expectedHead: string, files: readonly SavedFile[], message: string | null, doing: Doing): Promise<SaveResult> {
  const open = await findOpenChangeSet(context, name);
  const before = await context.filesOf(open.head);
  const texts = canonicalTexts(files, before);
  const present = new Map((await context.repository.texts(open.head)).map(({ path, text }) => [path, text]));
  const changes = new Map([...texts].filter(([path, text]) => (present.get(path) ?? null) !== text));
  // Everything is there already: also when the answer to the same save was lost on its way.
  if (changes.size === 0) return { head: open.head, saved: [] };
  if (open.head !== expectedHead) throw await conflictOf(context, open.head);
  const commit = await context.repository.write({
    base: open.head, parents: [open.head], changes, author: signatureOf(doing.actor), at: doing.at, message: message ?? `Change ${[...changes.keys()].slice(0, 3).join(", ")}${changes.size > 3 ? " and more" : ""}`,
  });
  await moveDraft(context, open, commit, doing, "A new commit was saved.");
  return { head: commit, saved: [...changes].map(([path, text]) => ({ path, removed: text === null })) };
}

/** Moves a draft to a commit made from its head; what was approved before does not count for it. */
export async function moveDraft(context: PromotionContext, open: OpenChangeSet, commit: string, { actor, at }: Doing, why: string): Promise<void> {
  const { changeSet, head, state } = open;
  if (!(await context.repository.move(changeSet.branch, commit, head))) throw await conflictOf(context, (await context.repository.head(changeSet.branch)) ?? head);
  if (state === "DRAFT") await touchChangeSet(context.database, changeSet.name, at);
  else await takeStep(context, open, { state: "DRAFT" }, { at, actor, action: "voided", commit, text: why, details: null });
}

/** Gives a draft another title; its name and its branch stay. Only its authors do that. */
export async function renameDraft(context: PromotionContext, name: string, title: string, { actor, at }: Doing): Promise<void> {
  const open = await findOpenChangeSet(context, name);
  if (title === open.changeSet.title) return;
  if (!(await wrote(context, open, actor, open.head))) throw problem("forbidden", `The draft is ${open.changeSet.author}'s; ask them to rename it.`);
  await takeStep(context, open, { title }, { at, actor, action: "renamed", commit: open.head, text: title, details: null });
}

/** Gives a draft up; only its authors do that. Its commits stay in the repository under `refs/orderloom/closed`. */
export async function withdrawDraft(context: PromotionContext, name: string, reason: string, { actor, at }: Doing): Promise<void> {
  const open = await findOpenChangeSet(context, name);
  if (!(await wrote(context, open, actor, open.head))) throw problem("forbidden", `The draft is ${open.changeSet.author}'s; ask them to withdraw it.`);
  await takeStep(context, open, { state: "WITHDRAWN" }, { at, actor, action: "withdrawn", commit: open.head, text: reason, details: null });
  await context.repository.close(open.changeSet.branch, open.head);
}

/** The refusal of a save on a commit that somebody has moved past. */
export async function conflictOf({ repository }: PromotionContext, head: string): Promise<ReturnType<typeof problem>> {
  const [newest] = await repository.commits(head, { limit: 1 });
  const by = newest?.author.name ?? "somebody";
  const at = newest?.at ?? "";
  return problem("draft-conflict", `${by} saved the draft at ${at} (commit ${head.slice(0, 12)}). Nothing of yours was written; read the draft again and save on top of it.`, { conflict: { head, by, at } });
}

const PATH = /^([a-z][a-z-]*)\/([A-Za-z0-9][A-Za-z0-9._-]*?)(\.layout)?\.json$/;

function canonicalTexts(files: readonly SavedFile[], before: DefinitionFiles): ReadonlyMap<string, string | null> {
  const errors: FieldProblem[] = [];
  const texts = new Map<string, string | null>();
  files.forEach(({ path, text }, index) => {
    const [, kind = "", key = "", layout] = PATH.exec(path) ?? [];
    const refuse = (code: FieldProblem["code"], member: string, detail: string) => errors.push({ code, pointer: `/files/${index}/${member}`, detail });
    if (!Object.hasOwn(definitionSchemas, kind)) return refuse("invalid-value", "path", "Name the file <kind>/<key>.json, or <kind>/<key>.layout.json, with one of the kinds of definitions.");
    // A definition that was moved to another folder in Git stays where it is.
    const place = layout === undefined ? (before.definitions.get(idOf({ kind, key }))?.path ?? path) : path;
    if (texts.has(place)) return refuse("invalid-value", "path", "Send each file once.");
    if (text === null) return texts.set(place, null);
    const parsed = parseDefinition(text, path);
    if (!parsed.ok) return refuse("malformed", "text", parsed.diagnostics[0]?.message ?? "Send JSON.");
    return texts.set(place, formatDefinition(layout === undefined ? withOwnVersion(parsed.content, before, idOf({ kind, key })) : parsed.content));
  });
  if (errors.length > 0) throw bodyProblem(errors, errors.some(({ code }) => code === "malformed") ? "malformed" : "invalid-body");
  return texts;
}

/** Promotion assigns versions: a draft keeps the one that is there, and a new definition begins with 1. */
function withOwnVersion(content: Json, before: DefinitionFiles, id: string): Json {
  return isJsonObject(content) ? { ...content, version: before.definitions.get(id)?.version ?? 1 } : content;
}
