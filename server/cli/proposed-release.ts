import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { readDefinitionSet } from "./definition-set.ts";
import type { Terminal } from "./terminal.ts";
import { InputError } from "./usage-error.ts";

/** What a command is to look at: a published release by its digest, or definitions that are only proposed. */
export type ProposedRelease = { readonly digest: string } | { readonly release: CompiledRelease };

const DIGEST = /^[0-9a-f]{64}$/;

/** Reads what `--against` names: the digest of a published release, a folder of definitions, or a Git revision. */
export async function proposedRelease(named: string, terminal: Terminal): Promise<ProposedRelease> {
  if (DIGEST.test(named)) return { digest: named };
  const definitions = await readDefinitionSet(named, terminal);
  const compilation = compile(definitions.map((definition) => ({ path: `${definition.kind}/${definition.key}.json`, content: definition })), { name: named });
  if (compilation.ok) return { release: compilation.release };
  throw new InputError(`The definitions of ${named} do not compile:`, compilation.diagnostics.map(({ file, path, code, message }) => `${file}${path} ${code} ${message}`));
}
