import { analyzeAsUsed } from "../../engine/language/checks/analyze-as-used.ts";
import { compile } from "../../engine/language/compile.ts";
import type { DefinitionFile } from "../../engine/language/definition-file.ts";
import { DiagnosticLog } from "../../engine/language/diagnostic-log.ts";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { readDefinitions } from "../../engine/language/read-definitions.ts";
import { importTables, type SheetImport } from "../../engine/sheet/import-tables.ts";
import type { Workbook } from "../../engine/sheet/workbook.ts";
import type { Json } from "../../engine/support/json.ts";
import type { TableInput } from "../../engine/table/analyze-table.ts";
import type { TableResult } from "../../engine/table/compile-table.ts";
import { applyPatch, type ContentPatch } from "./content-patch.ts";
import type { Examination } from "./examine.ts";
import { ExpressionHelp, type KnownHere, type TryOut } from "./expression-help.ts";
import { usesOf, type Use } from "./references.ts";
import { TableBook, tableOf, type CaseTrace, type TableFindings } from "./table-book.ts";

/** How one file changed; null takes it away. */
export interface FileUpdate {
  readonly path: string;
  readonly patch: ContentPatch | null;
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
  readonly #tables = new TableBook();

  /** Takes changed files in. */
  take(updates: readonly FileUpdate[]): void {
    for (const { path, patch } of updates) {
      if (patch === null) this.#files.delete(path);
      else this.#files.set(path, { path, content: applyPatch(this.#content(path), patch) });
    }
  }

  /** Takes changed files in and checks everything, exactly as the server and the command line do. */
  check(version: number, updates: readonly FileUpdate[]): CheckAnswer {
    this.take(updates);
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

  /** What can be said of a table without an order, as `check` says it: gaps an order can reach, overlaps, rows in vain. Null for what is no table. */
  analyze(path: string): TableFindings | null {
    const index = readDefinitions([...this.#files.values()], new DiagnosticLog());
    return this.#tables.analyze(this.#content(path), (table) => analyzeAsUsed(table, { index, reportFor: () => () => undefined, roles: null }));
  }

  /** The answers of a table to inputs given by column. Answers that need facts of an order stay empty. */
  decide(path: string, inputs: readonly TableInput[]): readonly TableResult[] {
    return this.#tables.decide(this.#content(path), inputs);
  }

  /** Which rows match an input, and which nearly do. */
  trace(path: string, input: TableInput): CaseTrace {
    return this.#tables.trace(this.#content(path), input);
  }

  /** What a workbook would make of a table; without one of this path, of nothing. */
  readSheet(path: string, workbook: Workbook): SheetImport {
    const into = tableOf(this.#content(path));
    return importTables(workbook, into === null ? {} : { into });
  }

  #content(path: string): Json | undefined {
    return this.#files.get(path)?.content as Json | undefined;
  }
}
