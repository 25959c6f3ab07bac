import { randomUUID } from "node:crypto";
import type { ChangeView } from "../promotion/change-view.ts";
import { asked, connect, SERVER_OPTIONS } from "./connect.ts";
import { draftPath, readDraft } from "./draft.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printChange } from "./print-change.ts";
import type { Terminal } from "./terminal.ts";

const SHORT_COMMIT = /^[0-9a-f]{8,64}$/;

/** `orderloom approve DRAFT COMMIT`: agrees to exactly the commit that was looked at; its first eight digits will do. */
export async function approveCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(args, { values: [...SERVER_OPTIONS, "reason"], flags: [], positionals: { atLeast: 2, atMost: 2, missing: "Name the draft and the commit you looked at; orderloom review names it." } });
  const { positionals: [name = "", commit = ""], value } = parsed;
  const client = await connect(parsed, terminal);
  const { reviewedCommit } = await readDraft(client, name);
  const meant = SHORT_COMMIT.test(commit) && reviewedCommit?.startsWith(commit) === true ? reviewedCommit : commit;
  const draft = (await asked(client.post(`${draftPath(name)}/approve`, { commit: meant, reason: value("reason") ?? "" }, randomUUID()))) as ChangeView;
  printChange(draft, terminal);
  return 0;
}
