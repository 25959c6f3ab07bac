import { randomUUID } from "node:crypto";
import type { CommitFile } from "../git/repository.ts";
import type { ChangeView } from "../promotion/change-view.ts";
import { compareFolder, describeDirty } from "../promotion/compare-folder.ts";
import type { ApiClient } from "./api-client.ts";
import { readTexts } from "./compile-folder.ts";
import { asked, connect, SERVER_OPTIONS } from "./connect.ts";
import { draftPath, readDraft } from "./draft.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printChange } from "./print-change.ts";
import type { Terminal } from "./terminal.ts";
import { InputError, UsageError } from "./usage-error.ts";

/** `orderloom submit DRAFT --reason WHY`: puts the draft's newest commit up for review. */
export async function submitCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(args, { values: [...SERVER_OPTIONS, "title", "reason", "dir", "migrated"], flags: [], positionals: { atLeast: 1, atMost: 1, missing: "Name the draft." } });
  const { positionals: [name = ""], value } = parsed;
  if (name.endsWith(".json")) throw new UsageError(`"${name}" is a file; an order is sent with "orderloom order ${name}".`);
  const reason = value("reason");
  if (reason === undefined) throw new UsageError("Say with --reason why the change is wanted; the reviewer reads it.");
  const client = await connect(parsed, terminal);
  const dir = value("dir");
  if (dir !== undefined) await requireClean(client, name, dir);
  const { head, title } = await readDraft(client, name);
  const migrated = value("migrated")?.split(",") ?? [];
  const draft = (await asked(client.post(`${draftPath(name)}/submit`, { commit: head, title: value("title") ?? title, reason, migrated }, randomUUID()))) as ChangeView;
  printChange(draft, terminal);
  return 0;
}

/** A folder that differs from the draft is refused: what is reviewed would not be what the author sees. */
async function requireClean(client: ApiClient, name: string, dir: string): Promise<void> {
  const { files } = (await asked(client.get(`${draftPath(name)}/files`))) as { readonly files: readonly CommitFile[] };
  const dirty = compareFolder(await readTexts(dir), files);
  if (dirty !== null) throw new InputError(`${dir} differs from the draft (${dirty.code}), ${describeDirty(dirty)}. Save it first: orderloom draft save ${name} --dir ${dir}`);
}
