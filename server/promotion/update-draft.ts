import { jsonPointer } from "../../engine/support/json-pointer.ts";
import { problem, type FieldProblem } from "../problems/problem.ts";
import { conflictOf, moveDraft, type Doing } from "./drafts.ts";
import { signatureOf } from "./four-eyes.ts";
import { mergeLive, type ConflictSide } from "./merge-live.ts";
import { findOpenChangeSet, liveFiles, type PromotionContext } from "./promotion-context.ts";

/** Decides conflicts: by their ids, or all that are left the same way. */
export interface ConflictChoices {
  readonly byId: { readonly [id: string]: ConflictSide };
  readonly otherwise: ConflictSide | null;
}

/**
 * Takes what was promoted since the draft began into the draft, as a merge commit of the one who asks. Where both changed the same
 * thing nothing is written until every conflict is decided.
 */
export async function updateDraft(context: PromotionContext, name: string, expectedHead: string, choices: ConflictChoices, doing: Doing): Promise<void> {
  const open = await findOpenChangeSet(context, name);
  const { repository } = context;
  const live = await liveFiles(context);
  const base = await repository.mergeBase(open.head, live.commit);
  if (base === live.commit) return;
  if (open.head !== expectedHead) throw await conflictOf(context, open.head);
  if (base === null) throw problem("not-fast-forward", "The draft and what is live have no common origin; begin a new draft.");
  const [before, ours, theirs] = await Promise.all([base, open.head, live.commit].map((commit) => repository.texts(commit)));
  const merge = mergeLive({ base: before ?? [], draft: ours ?? [], live: theirs ?? [] }, (id) => (Object.hasOwn(choices.byId, id) ? choices.byId[id] : undefined) ?? choices.otherwise);
  if (merge.conflicts.length > 0) {
    const errors = merge.conflicts.map(({ id, code, words }): FieldProblem => ({ code: "merge-conflict", pointer: jsonPointer("choices", id), rule: code, detail: words }));
    throw problem("merge-conflict", "The draft (ours) and what was promoted meanwhile (theirs) changed the same. Decide each conflict for the draft or for what is live.", { errors });
  }
  const commit = await repository.write({
    base: open.head, parents: [open.head, live.commit], changes: merge.changes, author: signatureOf(doing.actor), at: doing.at, message: `Take in ${live.files.releaseName ?? "what is live"}`,
  });
  await moveDraft(context, open, commit, doing, "What was promoted meanwhile was taken in.");
}
