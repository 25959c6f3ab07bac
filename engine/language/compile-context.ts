import type { DefinitionIndex } from "./definition-index.ts";
import type { Report } from "./diagnostic.ts";

/** What every step after reading works with: all definitions, and where to report about a file. */
export interface CompileContext {
  readonly index: DefinitionIndex;
  readonly reportFor: (file: string) => Report;
  /** The roles that people hold, where that is known; null elsewhere. */
  readonly roles: ReadonlySet<string> | null;
}
