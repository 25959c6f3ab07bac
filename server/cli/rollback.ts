import { randomUUID } from "node:crypto";
import type { PromotedRelease } from "../promotion/promote.ts";
import { asked, connect, SERVER_OPTIONS } from "./connect.ts";
import { parseArguments } from "./parse-arguments.ts";
import { findRelease } from "./releases.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** `orderloom rollback RELEASE --reason WHY`: makes an older release the one of new orders again. */
export async function rollbackCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(args, { values: [...SERVER_OPTIONS, "reason"], flags: [], positionals: { atLeast: 1, atMost: 1, missing: "Name the release to go back to." } });
  const { positionals: [name = ""], value } = parsed;
  const reason = value("reason");
  if (reason === undefined) throw new UsageError("Say with --reason why; it is written down.");
  const client = await connect(parsed, terminal);
  const { digest } = await findRelease(client, name);
  const release = (await asked(client.post(`/api/releases/${digest}/rollback`, { reason }, randomUUID()))) as PromotedRelease;
  terminal.print(`${terminal.paint("good", release.name)} (${release.digest.slice(0, 12)}) is the release of new orders again. Orders under way stay on theirs.`);
  return 0;
}
