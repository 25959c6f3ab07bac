import { analyzeAsUsed } from "../../engine/language/checks/analyze-as-used.ts";
import { compile } from "../../engine/language/compile.ts";
import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import { DiagnosticLog } from "../../engine/language/diagnostic-log.ts";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import type { Json } from "../../engine/support/json.ts";
import { readDefinitions } from "../../engine/language/read-definitions.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { FactName } from "../../engine/rules/facts.ts";
import type { TableAnalysis } from "../../engine/table/analyze-table.ts";
import { compileTable, type TableResult } from "../../engine/table/compile-table.ts";
import type { Examination } from "./examine.ts";
import { ExpressionHelp, type KnownHere, type TryOut } from "./expression-help.ts";
import { usesOf, type Use } from "./references.ts";

/** One file to take in; `content` null takes it away. */
export interface FileUpdate {
  readonly path: string;
  readonly content: Json;
}

export interface CheckAnswer {
  /** The number of the update this answers; an older answer is out of date. */
  readonly version: number;
  readonly diagnostics: readonly Diagnostic[];
  /** The digest the definitions would be released under; null while they do not compile. */
  readonly digest: string | null;
  /** Which definition names which, over the whole draft. */
  readonly uses: readonly Use[];
}

/** The compiler of the definition language over the files of one draft. Lives in a worker, so that the page never waits for it. */
export class LanguageService {
  readonly #files = new Map<string, DefinitionFile>();
  readonly #help = new ExpressionHelp();

  /** Takes changed files in and checks everything, exactly as the server and the command line do. */
  check(version: number, updates: readonly FileUpdate[]): CheckAnswer {
    for (const { path, content } of updates) {
      if (content === null) this.#files.delete(path);
      else this.#files.set(path, { path, content });
    }
    const files = [...this.#files.values()];
    const uses = files.flatMap(usesOf);
    const compilation = compile(files, { name: "draft" });
    this.#help.update(new Map(this.#files), compilation.ok ? compilation.release : null);
    if (!compilation.ok) return { version, diagnostics: compilation.diagnostics, digest: null, uses };
    return { version, diagnostics: compilation.warnings, digest: compilation.release.digest, uses };
  }

  /** What may be named in the expressions at a place of a file. */
  known(path: string, pointer: string): KnownHere | null {
    return this.#help.known(path, pointer);
  }

  /** What is wrong with an expression at a place, before it is kept. */
  examine(path: string, pointer: string, text: string): Examination {
    return this.#help.examine(path, pointer, text);
  }

  /** What an expression gives for a sample order. */
  tryOut(path: string, pointer: string, text: string, sample: string | null): Promise<TryOut> {
    return this.#help.tryOut(path, pointer, text, sample);
  }

  /** What can be said of a table without an order, as `check` says it: gaps an order can reach, overlaps, rows in vain. */
  analyze(table: DecisionTable): TableAnalysis {
    const index = readDefinitions([...this.#files.values()], new DiagnosticLog());
    return analyzeAsUsed(table, { index, reportFor: () => () => undefined, roles: null });
  }

  /** The answers of a table to inputs given by column. Answers that need facts of an order stay empty. */
  decide(table: DecisionTable, inputs: readonly { readonly [column: string]: Json }[]): readonly TableResult[] {
    const { evaluate } = compileTable(table, NO_FACTS, () => undefined);
    const keys = table.columns.flatMap((column) => ("key" in column ? [column.key] : []));
    return inputs.map((input) => evaluate({}, new Map(keys.map((key) => [key, input[key]]))));
  }
}

const NO_FACTS: ReadonlySet<FactName> = new Set();
