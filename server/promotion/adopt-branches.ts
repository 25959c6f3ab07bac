import { DRAFT_REFS } from "../git/ref-names.ts";
import { newChangeSetStatements, readChangeSet } from "../store/change-store.ts";
import { databaseFailure } from "../store/database-error.ts";
import type { PromotionContext } from "./promotion-context.ts";

/** Makes a change set of every draft branch that was pushed with Git, so that it stands in the same lists as the others. */
export async function adoptBranches(context: PromotionContext, at: string): Promise<void> {
  const { database, repository } = context;
  const branches = await repository.branches(DRAFT_REFS);
  if (branches.length === 0) return;
  const [rows = []] = await database.select("SELECT branch FROM change_sets");
  const known = new Set(rows.map((row) => String(row["branch"])));
  for (const { branch, commit } of branches) {
    const [, author = "", ...rest] = branch.split("/");
    if (known.has(branch) || rest.length !== 1) continue;
    const [newest] = await repository.commits(commit, { limit: 1 });
    const title = newest?.message.split("\n")[0] ?? branch;
    const row = { name: await freeName(context, rest[0] ?? "", author), branch, author, title, reason: "", state: "DRAFT", reviewedCommit: null, releaseDigest: null, createdAt: at, updatedAt: newest?.at ?? at };
    const step = { at, actor: newest?.author.name ?? author, action: "found-in-git", commit, text: title, details: null };
    await database.write(newChangeSetStatements(row, step)).catch((error: unknown) => {
      // Another process has adopted it.
      if (databaseFailure(error) !== "conflict") throw error;
    });
  }
}

/** Names are given once: another author's draft of the same name is told apart by its author. */
async function freeName({ database }: PromotionContext, name: string, author: string): Promise<string> {
  return (await readChangeSet(database.select, name)) === null ? name : `${author}.${name}`;
}
