import type { Diagnostic, Report } from "./diagnostic.ts";
import { diagnosticCodes } from "./diagnostic-codes.ts";
import { LIMITS } from "./limits.ts";

/** Collects the problems of one compilation. */
export class DiagnosticLog {
  readonly #found: Diagnostic[] = [];
  readonly #seen = new Set<string>();
  #errors = 0;

  /** A `Report` for one file. The severity comes from the catalogue unless the caller names one. */
  for(file: string): Report {
    return (code, path, message, severity) => {
      this.add({ code, severity: severity ?? diagnosticCodes[code]?.severity ?? "error", file, path, message });
    };
  }

  add(diagnostic: Diagnostic): void {
    const identity = JSON.stringify([diagnostic.code, diagnostic.file, diagnostic.path, diagnostic.message]);
    if (this.#seen.has(identity)) return;
    this.#seen.add(identity);
    if (diagnostic.severity === "error") this.#errors += 1;
    this.#found.push(diagnostic);
  }

  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  /**
   * What was found: errors first, then by file and place, at most `LIMITS.diagnostics`. Where a check knows exactly
   * what is wrong, the schema's general remark about the same place is left out.
   */
  list(): Diagnostic[] {
    const explained = new Set(this.#found.filter((each) => each.code !== "schema-violation").map(placeOf));
    const kept = this.#found
      .filter((each) => each.code !== "schema-violation" || !explained.has(placeOf(each)))
      .sort((a, b) => rank(a) - rank(b) || compare(a.file, b.file) || compare(a.path, b.path) || compare(a.code, b.code));
    const last = kept[LIMITS.diagnostics - 1];
    if (kept.length <= LIMITS.diagnostics || !last) return kept;
    const more = kept.length - (LIMITS.diagnostics - 1);
    return [
      ...kept.slice(0, LIMITS.diagnostics - 1),
      { code: "too-many-problems", severity: last.severity, file: last.file, path: "", message: `There are ${more} more problems; correct these first.` },
    ];
  }
}

function placeOf(diagnostic: Diagnostic): string {
  return `${diagnostic.file}#${diagnostic.path}`;
}

function rank(diagnostic: Diagnostic): number {
  return diagnostic.severity === "error" ? 0 : 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
