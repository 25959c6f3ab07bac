import type { CompiledTable } from "../../table/compile-table.ts";
import type { CompileContext } from "../compile-context.ts";

/** What checks see beyond the definitions: tables are compiled, so that no cell is parsed twice. */
export interface CheckContext extends CompileContext {
  readonly tables: ReadonlyMap<string, CompiledTable>;
}

/** One static check: looks at definitions whose shapes are right and whose references resolve, and reports. */
export type Check = (context: CheckContext) => void;
