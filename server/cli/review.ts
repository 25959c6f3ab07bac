import { randomUUID } from "node:crypto";
import type { ChangeLine } from "../promotion/change-view.ts";
import { asked, connect, SERVER_OPTIONS } from "./connect.ts";
import { draftPath, readDraft } from "./draft.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printChange, printReview } from "./print-change.ts";
import type { Terminal } from "./terminal.ts";

/** `orderloom review [DRAFT]`: what waits for review, or the review page of one draft; comments and requests for changes. */
export async function reviewCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(args, { values: [...SERVER_OPTIONS, "comment", "request-changes"], flags: [], positionals: { atLeast: 0, atMost: 1, missing: "" } });
  const { positionals: [name], value } = parsed;
  const client = await connect(parsed, terminal);
  if (name === undefined) {
    const { drafts } = (await asked(client.get("/api/drafts?state=submitted&limit=100"))) as { readonly drafts: readonly ChangeLine[] };
    if (drafts.length === 0) terminal.print("Nothing waits for review.");
    for (const draft of drafts) terminal.print(`${draft.name.padEnd(28)} ${draft.author.padEnd(16)} ${draft.updatedAt}  ${draft.title}`);
    return 0;
  }
  const [comment, changes] = [value("comment"), value("request-changes")];
  if (comment !== undefined) await asked(client.post(`${draftPath(name)}/comments`, { text: comment }, randomUUID()));
  if (changes !== undefined) {
    const { reviewedCommit } = await readDraft(client, name);
    await asked(client.post(`${draftPath(name)}/request-changes`, { commit: reviewedCommit, reason: changes }, randomUUID()));
  }
  const draft = await readDraft(client, name);
  printChange(draft, terminal);
  const { commit } = await printReview(client, name, terminal);
  if (draft.state === "SUBMITTED") terminal.print(`To approve exactly this: orderloom approve ${name} ${commit.slice(0, 12)}`);
  return 0;
}
