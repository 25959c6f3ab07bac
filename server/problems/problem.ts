import type { ImportedTable } from "../../engine/sheet/import-tables.ts";
import type { SheetNote } from "../../engine/sheet/sheet-report.ts";
import type { Workbook } from "../../engine/sheet/workbook.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { PROBLEM_CODES, type ProblemCategory, type ProblemCode } from "./problem-codes.ts";

/** One thing wrong at one place of the request. */
export interface FieldProblem {
  readonly code: ProblemCode;
  /** JSON Pointer into the request body; `""` is the whole body. In a spreadsheet the cell, as `Sheet!B5`. */
  readonly pointer: string;
  /** Says what to do; never repeats the value that was sent. */
  readonly detail: string;
  /** Code of the authored rule that was breached. */
  readonly rule?: string;
}

/** Members beyond the standard ones. */
export interface ProblemExtras {
  readonly errors?: readonly FieldProblem[];
  /** Id of the order the problem is about. */
  readonly orderId?: string;
  /** What somebody else did meanwhile, when that is why. */
  readonly conflict?: Conflict;
  /** What a sheet with errors holds all the same, for a preview. */
  readonly found?: FoundSheet;
  /** Response headers, for example `Retry-After`. */
  readonly headers?: { readonly [name: string]: string };
}

/** Who was faster: the commit a draft is at now, who wrote it, and when. */
export interface Conflict {
  readonly head: string;
  readonly by: string;
  readonly at: string;
}

/** What was read of a spreadsheet, with the whole report: `errors` has the first of its errors alone. */
export interface FoundSheet {
  readonly tables: readonly ImportedTable[];
  readonly report: readonly SheetNote[];
  readonly workbook?: Workbook;
}

/** `application/problem+json` as RFC 9457 defines it, with our members. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ProblemCode;
  readonly category: ProblemCategory;
  readonly correlationId?: string;
  readonly orderId?: string;
  readonly conflict?: Conflict;
  readonly found?: FoundSheet;
  readonly errors?: readonly FieldProblem[];
}

/** A refusal on its way to the caller. Handlers throw it; `handleErrors` answers with it. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, detail: string, extras: ProblemExtras) {
    super(detail);
    this.code = code;
    this.extras = extras;
  }
}

/** A refusal with its code, one sentence that says what to do, and what else the caller should know. */
export function problem(code: ProblemCode, detail: string = PROBLEM_CODES[code].remedy, extras: ProblemExtras = {}): Problem {
  return new Problem(code, detail, extras);
}

/** The refusal of a request body: the one code all places share, or `fallback` when they differ. */
export function bodyProblem(errors: readonly FieldProblem[], fallback: ProblemCode = "invalid-body"): Problem {
  const codes = new Set(errors.map((error) => error.code));
  const [only] = codes;
  const code = codes.size === 1 && only !== undefined && only !== "required" && only !== "invalid-value" ? only : fallback;
  return problem(code, PROBLEM_CODES[code].remedy, { errors });
}

/** The body of a refusal. `instance` is the path of the request, without its query. */
export function problemBody(refusal: Problem, instance: string, correlationId?: string): ProblemBody {
  const kind = PROBLEM_CODES[refusal.code];
  const { errors, orderId, conflict, found } = refusal.extras;
  return {
    type: `/problems/${refusal.code}`,
    title: kind.title,
    status: kind.status,
    detail: refusal.message,
    instance,
    code: refusal.code,
    category: kind.category,
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(orderId === undefined ? {} : { orderId }),
    ...(conflict === undefined ? {} : { conflict }),
    ...(found === undefined ? {} : { found }),
    ...(errors === undefined || errors.length === 0 ? {} : { errors: errors.slice(0, SERVER_LIMITS.reportedErrors) }),
  };
}
