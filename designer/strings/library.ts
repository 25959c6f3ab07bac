import { plural } from "./plural.ts";

/** Words of the list of all definitions. */
export const library = {
  title: "All definitions",
  design: "Design",
  kinds: "Kind",
  allKinds: "All kinds",
  views: "My views",
  viewNames: { drafts: "In my draft", problems: "With problems", unused: "Not used anywhere" },
  filter: "Filter by name or key",
  shown: (shown: number, all: number) => `${shown.toLocaleString("en")} of ${all.toLocaleString("en")}`,
  columns: { name: "Name", kind: "Kind", live: "Live", draft: "My draft", problems: "Problems", used: "Where used" },
  version: (version: number) => `v${version}`,
  notLive: "not live",
  draft: { added: "New", changed: "Changed", removed: "Removed" },
  errors: (count: number) => plural(count, "error", "errors"),
  warnings: (count: number) => plural(count, "warning", "warnings"),
  usedBy: (count: number) => plural(count, "definition", "definitions"),
  unused: "Not used",
  loading: "Reading definitions…",
  failed: "The definitions could not be read",
  nothing: "Nothing matches",
  nothingNext: "Clear the filter",
  keys: { open: "to open", peek: "to peek", create: "for a new one", press: "Press" },
  liveRelease: "Live release",
  counted: (count: number, drafts: number) => (drafts === 0 ? plural(count, "definition", "definitions") : `${plural(count, "definition", "definitions")}, ${drafts.toLocaleString("en")} in my draft`),
  peek: { open: "Open", whereUsed: "Where used", uses: "Uses", problems: "Problems", noProblems: "None found", close: "Close", difference: "My draft against live" },
} as const;
