import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ChangeLine, ChangeView } from "../promotion/change-view.ts";
import type { SaveResult, SavedFile } from "../promotion/drafts.ts";
import { RELEASE_FILE } from "../load-release.ts";
import type { ApiClient } from "./api-client.ts";
import { readTexts } from "./compile-folder.ts";
import { asked, connect, SERVER_OPTIONS } from "./connect.ts";
import { definitionFile } from "./definition-file.ts";
import { parseArguments, type Arguments } from "./parse-arguments.ts";
import { printChange, printDiff } from "./print-change.ts";
import type { Terminal } from "./terminal.ts";
import { InputError, UsageError } from "./usage-error.ts";

/** Remembers, in a folder that `draft get` has filled, which draft and commit it holds. */
const MARK = ".orderloom-draft";

type Subcommand = (client: ApiClient, args: Arguments, terminal: Terminal) => Promise<void>;

const SUBCOMMANDS: ReadonlyMap<string, Subcommand> = new Map([
  ["new", begin], ["list", list], ["show", show], ["get", get], ["save", save], ["update", update], ["withdraw", withdraw],
]);

/** `orderloom draft …`: works on drafts of definitions. */
export async function draftCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = "", ...rest] = args;
  const subcommand = SUBCOMMANDS.get(name);
  if (subcommand === undefined) throw new UsageError(`Say what to do with a draft: ${[...SUBCOMMANDS.keys()].join(", ")}.`);
  const parsed = parseArguments(rest, {
    values: [...SERVER_OPTIONS, "title", "dir", "message", "reason", "take"], flags: [], positionals: { atLeast: name === "list" ? 0 : 1, atMost: name === "save" ? 1_000 : 1, missing: "Name the draft." },
  });
  await subcommand(await connect(parsed, terminal), parsed, terminal);
  return 0;
}

/** The draft of this name, as the server has it. */
export async function readDraft(client: ApiClient, name: string): Promise<ChangeView> {
  return (await asked(client.get(draftPath(name)))) as ChangeView;
}

export function draftPath(name: string): string {
  return `/api/drafts/${encodeURIComponent(name)}`;
}

async function begin(client: ApiClient, { positionals: [name = ""], value }: Arguments, terminal: Terminal): Promise<void> {
  const title = value("title");
  const draft = (await asked(client.post("/api/drafts", { name, ...(title !== undefined && { title }) }, randomUUID()))) as ChangeView;
  terminal.print(`Draft ${draft.name} begins at what is live (${short(draft.live)}).`);
}

async function list(client: ApiClient, _args: Arguments, terminal: Terminal): Promise<void> {
  const { drafts } = (await asked(client.get("/api/drafts?limit=100"))) as { readonly drafts: readonly ChangeLine[] };
  if (drafts.length === 0) terminal.print("There is no draft.");
  for (const { name, title, author, state, updatedAt } of drafts) terminal.print(`${state.padEnd(11)} ${name.padEnd(28)} ${author.padEnd(16)} ${updatedAt}  ${title}`);
}

async function show(client: ApiClient, { positionals: [name = ""] }: Arguments, terminal: Terminal): Promise<void> {
  printChange(await readDraft(client, name), terminal);
  await printDiff(client, name, terminal);
}

async function get(client: ApiClient, { positionals: [name = ""], value }: Arguments, terminal: Terminal): Promise<void> {
  const dir = value("dir") ?? name;
  if (existsSync(dir) && !existsSync(join(dir, MARK))) throw new InputError(`${dir} exists and holds no draft; name a new folder with --dir.`);
  const { head, files } = (await asked(client.get(`${draftPath(name)}/files`))) as { readonly head: string | null; readonly files: readonly { readonly path: string; readonly text: string }[] };
  for (const { path, text } of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  mark(dir, name, head ?? "");
  terminal.print(`${files.length} files of draft ${name} (${short(head ?? "")}) are in ${dir}.`);
}

async function save(client: ApiClient, { positionals: [name = "", ...paths], value }: Arguments, terminal: Terminal): Promise<void> {
  const dir = value("dir");
  if ((dir === undefined) === (paths.length === 0)) throw new UsageError("Name the files to save, or their folder with --dir.");
  const present = (await asked(client.get(`${draftPath(name)}/files`))) as { readonly head: string | null; readonly files: readonly SavedFile[] };
  const files = dir === undefined ? paths.map(definitionFile) : await differing(dir, present.files);
  const expectedHead = (dir === undefined ? null : markedHead(dir, name)) ?? present.head ?? "";
  const message = value("message");
  const result = (await asked(client.post(`${draftPath(name)}/files`, { expectedHead, files, ...(message !== undefined && { message }) }, randomUUID()))) as SaveResult;
  if (dir !== undefined) mark(dir, name, result.head);
  if (result.saved.length === 0) return terminal.print(`Nothing differs from draft ${name} (${short(result.head)}).`);
  for (const { path, removed } of result.saved) terminal.print(`  ${removed ? "removed" : "saved"} ${path}`);
  terminal.print(`Draft ${name} is at ${short(result.head)}.`);
  await printDiff(client, name, terminal);
}

async function update(client: ApiClient, { positionals: [name = ""], value }: Arguments, terminal: Terminal): Promise<void> {
  const { head } = await readDraft(client, name);
  const otherwise = value("take");
  const draft = (await asked(client.post(`${draftPath(name)}/update`, { expectedHead: head, ...(otherwise !== undefined && { otherwise }) }, randomUUID()))) as ChangeView;
  terminal.print(`Draft ${name} contains what is live (${short(draft.live)}) and is at ${short(draft.head ?? "")}.`);
}

async function withdraw(client: ApiClient, { positionals: [name = ""], value }: Arguments, terminal: Terminal): Promise<void> {
  await asked(client.post(`${draftPath(name)}/withdraw`, { reason: value("reason") ?? "Not needed any more" }, randomUUID()));
  terminal.print(`Draft ${name} is withdrawn.`);
}

/** The files of a folder that the draft does not have like that, and those it has and the folder has not. */
async function differing(dir: string, present: readonly SavedFile[]): Promise<readonly SavedFile[]> {
  const folder = (await readTexts(dir)).filter(({ path }) => path !== RELEASE_FILE);
  const inFolder = new Set(folder.map(({ path }) => path));
  const known = new Map(present.map(({ path, text }) => [path, text]));
  const gone = present.filter(({ path }) => path !== RELEASE_FILE && !inFolder.has(path)).map(({ path }) => ({ path, text: null }));
  return [...folder.filter(({ path, text }) => known.get(path) !== text), ...gone];
}

function mark(dir: string, name: string, head: string): void {
  writeFileSync(join(dir, MARK), `${JSON.stringify({ draft: name, head })}\n`);
}

/** The commit the folder was filled from or last saved as; null when it holds no copy of this draft. */
function markedHead(dir: string, name: string): string | null {
  if (!existsSync(join(dir, MARK))) return null;
  const { draft, head } = JSON.parse(readFileSync(join(dir, MARK), "utf8")) as { readonly draft?: string; readonly head?: string };
  return draft === name ? (head ?? null) : null;
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
