import { compile, type Compilation } from "./compile.ts";
import type { CompiledRelease } from "./compiled-release.ts";
import type { Head } from "./kinds.ts";

/** A definition in the version of the language in which it was published: what each begins with is the same in all of them. */
export type PublishedDefinition = Head<string>;

/** A release as it is published, stored and sent: enough to compile the very same release anywhere, for ever. */
export interface ReleaseBundle {
  readonly digest: string;
  readonly name: string;
  readonly languageVersion: number;
  readonly definitions: readonly PublishedDefinition[];
}

export function bundleOf({ digest, name, languageVersion, published }: CompiledRelease): ReleaseBundle {
  return { digest, name, languageVersion, definitions: published };
}

/** Compiles a bundle; a sound one gets the digest it had when it was published, whatever language it was written in. */
export function compileBundle({ name, languageVersion, definitions }: ReleaseBundle): Compilation {
  const files = definitions.map((definition) => ({ path: `${definition.kind}/${definition.key}.json`, content: definition }));
  return compile(files, { name, languageVersion });
}
