/**
 * How large definitions may be. Every limit has one name and stands here; messages quote the number, so that an author
 * learns it from the first refusal (contracts, Definitions; reliability 4.2).
 */
export const LIMITS = {
  /** Diagnostics one compilation reports; the last one says how many more there are. */
  diagnostics: 100,
  /** Problems with the shape of one file; the rest follows once these are gone. */
  problemsPerFile: 20,
  /** UTF-8 bytes of one definition. */
  definitionBytes: 8 * 1024 * 1024,
  /** Values (objects, lists, scalars) in one definition, so that shared references cannot explode. */
  definitionValues: 2_000_000,
  /** Levels of objects and lists in one definition, and in a schema it carries. */
  depth: 32,
  /** Tasks of one plan template. */
  tasksPerTemplate: 5_000,
  /** Rows of one decision table. */
  rowsPerTable: 10_000,
  /** Rows looked at in regions of inputs while one table is analyzed; beyond that the analysis says that it is not complete. */
  tableAnalysisSteps: 4_000_000,
  /** Findings of one kind that the analysis of a table lists. */
  tableFindings: 20,
  /** References in one schema that a definition carries, before they are refused together instead of one by one. */
  schemaReferences: 100,
  /** Characters of a regular expression. */
  patternLength: 1_000,
  /** Attempts a retry policy may ask for. */
  attempts: 100,
  /** Longest wait between two attempts when a retry policy names none: a day. */
  longestWaitMs: 86_400_000,
} as const;
