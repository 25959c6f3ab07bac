import { plural } from "./plural.ts";

/** Words about drafts and saving them. */
export const draft = {
  untitled: "My changes",
  gone: "The draft could not be begun.",
  broughtBack: "Bring back what was kept in this browser",
  joined: "Take in what was saved elsewhere",
  settled: "Settle the conflict",
  saved: (time: string) => `Saved ${time}`,
  nothingChanged: "No changes",
  saving: "Saving…",
  offline: "Offline, kept here",
  unreadable: (count: number) => `${plural(count, "file is", "files are")} no JSON yet, kept here`,
  conflict: (by: string) => `${by} changed the same`,
  local: "Not saved: this server has no repository of definitions",
  conflictTitle: (by: string) => `You and ${by} changed the same definitions`,
  conflictText: "Nothing is lost. Choose for each which state goes on; the other one stays in the history.",
  mine: "Keep mine",
  theirs: (by: string) => `Take that of ${by}`,
  settle: "Go on with this",
  later: "Decide later",
} as const;
