/** What a failed statement means for the one who sent it. */
export type DatabaseFailure = "conflict" | "transient" | "defect";

/** Someone else was faster: a guard refused, a unique key exists, a deadlock or a serialization failure was broken. */
const CONFLICTS = new Set(["SQLITE_CONSTRAINT", "23505", "23502", "40001", "40P01"]);

/** The database is away, full or busy for now. */
const TRANSIENT = new Set([
  "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_CANTOPEN",
  "ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "53100", "53200", "53300", "57P01", "57P02", "57P03", "08000", "08003", "08006",
]);

/** Sorts an error of the driver; null when it is none of the database's. */
export function databaseFailure(error: unknown): DatabaseFailure | null {
  if (typeof error !== "object" || error === null) return null;
  const { code, name, message } = error as { readonly code?: unknown; readonly name?: unknown; readonly message?: unknown };
  if (typeof code === "string") {
    if (CONFLICTS.has(code)) return "conflict";
    if (TRANSIENT.has(code)) return "transient";
    if (code.startsWith("SQLITE_") || /^[0-9A-Z]{5}$/.test(code)) return "defect";
  }
  if (name === "KnexTimeoutError" || (typeof message === "string" && message.startsWith("Connection terminated"))) return "transient";
  return null;
}
