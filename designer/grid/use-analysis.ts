import { useEffect, useState } from "react";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { tableService } from "../worker/language.ts";
import type { TableFindings } from "../worker/table-book.ts";
import { currentFiles } from "../workspace/workspace.ts";

/** What is known of a table; `result` is of an older state while `fresh` is false. */
export interface Analysis {
  readonly result: TableFindings | null;
  readonly fresh: boolean;
}

/** An edit is looked at after this long without another one. */
const IDLE_MS = 150;

/** Looks through a table in the worker, again after every edit. */
export function useAnalysis(path: string, table: DecisionTable): Analysis {
  const [found, setFound] = useState<{ readonly table: DecisionTable | null; readonly result: TableFindings | null }>({ table: null, result: null });
  useEffect(() => {
    let over = false;
    const timer = setTimeout(() => {
      void tableService(currentFiles()).analyze(path).then((result) => over || setFound({ table, result }));
    }, IDLE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [path, table]);
  return { result: found.result, fresh: found.table === table };
}
