/** What is wrong with a definition: a stable code, where it stands, and a sentence that says what to do. */
export interface Diagnostic {
  /** Stable kebab-case code from `engine/language/diagnostic-codes.ts`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  /** The file as given to `compile`, for example `plan-template/home-fiber-add.json`. */
  readonly file: string;
  /** JSON Pointer inside the file, `""` for the whole. */
  readonly path: string;
  readonly message: string;
}

/** Collects problems of one file; `path` is a JSON Pointer. */
export type Report = (code: string, path: string, message: string, severity?: "error" | "warning") => void;
