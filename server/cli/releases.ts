import type { Activation } from "../store/releases-store.ts";
import type { Tracking } from "../promotion/track-target.ts";
import type { ApiClient } from "./api-client.ts";
import { asked, connect, SERVER_OPTIONS } from "./connect.ts";
import { parseArguments } from "./parse-arguments.ts";
import type { Terminal } from "./terminal.ts";
import { InputError, UsageError } from "./usage-error.ts";

interface ReleaseLine {
  readonly name: string;
  readonly digest: string;
  readonly active: boolean;
}

/** `orderloom releases [FROM TO]`: what new orders were accepted under, or what differs between two releases. */
export async function releasesCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(args, { values: SERVER_OPTIONS, flags: [], positionals: { atLeast: 0, atMost: 2, missing: "" } });
  const client = await connect(parsed, terminal);
  const [from, to] = parsed.positionals;
  if (from === undefined) return history(client, terminal);
  if (to === undefined) throw new UsageError("Name two releases to compare.");
  const [before, after] = [await findRelease(client, from), await findRelease(client, to)];
  const { words } = (await asked(client.get(`/api/releases/compare?from=${before.digest}&to=${after.digest}`))) as { readonly words: readonly string[] };
  if (words.length === 0) terminal.print(`${before.name} and ${after.name} mean the same.`);
  for (const line of words) terminal.print(line);
  return 0;
}

/** The release of this name, or whose digest begins like that. */
export async function findRelease(client: ApiClient, name: string): Promise<ReleaseLine> {
  const { releases } = (await asked(client.get("/api/releases"))) as { readonly releases: readonly ReleaseLine[] };
  const found = releases.filter((release) => release.name === name || (name.length >= 8 && release.digest.startsWith(name)));
  const [only] = found;
  if (only === undefined) throw new InputError(`There is no release "${name}".`, [`There are ${releases.map((release) => release.name).join(", ")}.`]);
  if (found.length > 1) throw new InputError(`Several releases are called "${name}"; name one by its digest.`, found.map(({ digest }) => digest));
  return only;
}

async function history(client: ApiClient, terminal: Terminal): Promise<number> {
  const { branch, tracking, activations } = (await asked(client.get("/api/activations"))) as {
    readonly branch: string; readonly tracking: Tracking; readonly activations: readonly (Activation & { readonly name: string })[];
  };
  for (const [index, { name, digest, at, kind, by, reason }] of activations.entries()) {
    const line = `${name.padEnd(12)} ${digest.slice(0, 12)}  ${at}  ${kind.padEnd(9)} ${by}: ${reason}`;
    terminal.print(index === 0 ? terminal.paint("good", line) : line);
  }
  if (tracking.refusal === null) return 0;
  terminal.print(terminal.paint("bad", `The newest commit of ${branch}, ${(tracking.commit ?? "").slice(0, 12)}, was refused (${tracking.refusal.code}): ${tracking.refusal.detail}`));
  return 1;
}
