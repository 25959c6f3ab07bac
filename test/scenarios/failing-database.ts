import type { Database } from "../../server/store/database.ts";

/** A database whose next commits fail with a driver's code: before they are written, so nothing of them may remain. */
export interface FailingDatabase {
  readonly database: Database;
  readonly failNext: (commits: number, code: string) => void;
  /** Commits that failed so far. */
  readonly failed: () => number;
}

export function failingDatabase(real: Database): FailingDatabase {
  let left = 0;
  let failed = 0;
  let code = "";
  const error = () => {
    left -= 1;
    failed += 1;
    return Object.assign(new Error(`injected ${code}`), { code });
  };
  return {
    failNext(commits, driverCode) {
      left = commits;
      code = driverCode;
    },
    failed: () => failed,
    database: {
      ...real,
      write: (statements) => (left > 0 ? Promise.reject(error()) : real.write(statements)),
      transaction: (work) =>
        real.transaction(async (session) => {
          const done = await work(session);
          if (left > 0) throw error();
          return done;
        }),
    },
  };
}
