import { randomUUID } from "node:crypto";
import type { PromotedRelease } from "../promotion/promote.ts";
import { asked, connect, SERVER_OPTIONS } from "./connect.ts";
import { draftPath, readDraft } from "./draft.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printReview } from "./print-change.ts";
import type { Terminal } from "./terminal.ts";
import { InputError } from "./usage-error.ts";

/** `orderloom promote DRAFT`: makes what was approved the release of new orders. */
export async function promoteCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(args, { values: [...SERVER_OPTIONS, "reason"], flags: [], positionals: { atLeast: 1, atMost: 1, missing: "Name the draft." } });
  const { positionals: [name = ""], value } = parsed;
  const client = await connect(parsed, terminal);
  const { reviewedCommit, title } = await readDraft(client, name);
  if (reviewedCommit === null) throw new InputError(`Draft ${name} was never submitted, so nobody has approved it.`);
  await printReview(client, name, terminal);
  const promoted = (await asked(client.post(`${draftPath(name)}/promote`, { commit: reviewedCommit, reason: value("reason") ?? title }, randomUUID()))) as PromotedRelease;
  terminal.print(`${terminal.paint("good", promoted.name)} (${promoted.digest.slice(0, 12)}) is the release of new orders. Orders under way stay on theirs.`);
  return 0;
}
