import type { CompileContext } from "../compile-context.ts";

/** One static check: looks at definitions whose shapes are right and whose references resolve, and reports. */
export type Check = (context: CompileContext) => void;
