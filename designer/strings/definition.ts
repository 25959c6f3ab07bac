import { plural } from "./plural.ts";

/** Words of the page of one definition. */
export const definition = {
  loading: "Reading the definition…",
  anyKind: "Definition",
  missing: (kind: string, key: string) => `There is no ${kind.toLowerCase()} “${key}”`,
  missingNext: "Find it in the list of all definitions",
  views: { canvas: "Canvas", grid: "Grid", form: "Form", json: "JSON" },
  view: "View",
  undo: "Undo",
  redo: "Redo",
  undoStep: (label: string) => `Undo: ${label}`,
  redoStep: (label: string) => `Redo: ${label}`,
  nothingToUndo: "Nothing to undo",
  nothingToRedo: "Nothing to redo",
  live: (version: number) => `v${version} live`,
  notLive: "Not live yet",
  edited: "edited in your draft",
  checking: "Checking…",
  noProblems: "No problems",
  problems: "Problems",
  nextProblem: "Next problem",
  errors: (count: number) => plural(count, "error", "errors"),
  warnings: (count: number) => plural(count, "warning", "warnings"),
  editJson: "Edit JSON",
  unread: (reason: string) => `This is not JSON yet; the other views show what it last was. ${reason}`,
  group: "Definition",
} as const;
