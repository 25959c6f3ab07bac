import { isJsonObject, type JsonObject } from "../support/json.ts";
import { schemaBelow } from "../language/schema-walk.ts";
import { changeInWords, memberInWords, placeOf, subjectOf, valueChanges, type Subject } from "./change-words.ts";
import type { Change, DefinitionDiff, ReleaseDiff } from "./definition-diff.ts";
import { describeDefinitions, kindInWords, tellingOf } from "./describe-diff.ts";

/** What the two sides are called in the heading. */
export interface MarkdownOptions {
  readonly before: string;
  readonly after: string;
}

/** Rows or other changes of one definition that are written out; the rest is counted. */
const MOST_LINES = 200;

/**
 * The diff as Markdown for a review: what changes in business words first, then definition by definition with every change;
 * rows of decision tables as a table with one column for each column that differs. Texts of authors cannot form markup of
 * their own beyond emphasis.
 */
export function diffToMarkdown(diff: ReleaseDiff, { before, after }: MarkdownOptions): string {
  const words = describeDefinitions(diff);
  const heading = `# Changes from ${safe(before)} to ${safe(after)}`;
  if (words.length === 0) return `${heading}\n\n${diff.arrangements.length === 0 ? "Nothing changes." : "Nothing changes its meaning; only the order in some files is another one."}\n`;
  const summary = words.flatMap((one) => one.summary.map((line) => `- ${safe(line)}`));
  const sections = diff.definitions.flatMap((one) => sectionOf(one, diff.titles));
  return `${[heading, summary.join("\n"), ...sections].join("\n\n")}\n`;
}

function sectionOf(one: DefinitionDiff, titles: ReleaseDiff["titles"]): readonly string[] {
  if (!("changes" in one) || one.changes.length === 0) return [];
  const subject = subjectOf(one, titles);
  const changes = tellingOf(one.changes);
  const rows = changes.filter(isRowChange);
  const others = changes.filter((change) => !isRowChange(change));
  return [
    `## ${capitalized(kindInWords(one.kind))} *${safe(one.title)}*\n\n\`${one.kind}/${one.key}\``,
    ...(others.length > 0 ? [limited(others.map((change) => `- ${safe(changeInWords(change, subject))}`), (count) => `- and ${count} more`).join("\n")] : []),
    ...(rows.length > 0 ? [rowTable(rows, subject)] : []),
  ];
}

type RowChange = Change & { readonly op: "add" | "remove" | "replace" };

function isRowChange(change: Change): change is RowChange {
  return change.within[0]?.element === "row" && (change.op === "add" || change.op === "remove" || change.op === "replace");
}

/** Every row that came, went or changed: all cells of the first two, the differing ones of the third. */
function rowTable(changes: readonly RowChange[], subject: Subject): string {
  const lines = changes.map((change) => ({ change, cells: cellsOf(change, subject) }));
  const columns = [...new Set(lines.flatMap(({ cells }) => [...cells.keys()]))];
  const tableRow = (cells: readonly string[]): string => `| ${cells.map((cell) => safe(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  const body = lines.map(({ change, cells }) => tableRow([change.within[0]?.name ?? "", verbOf(change, subject), ...columns.map((column) => cells.get(column) ?? "")]));
  return [tableRow(["row", "", ...columns]), tableRow(["---", "---", ...columns.map(() => "---")]), ...limited(body, (count) => tableRow(["…", `${count} more rows`, ...columns.map(() => "")]))].join("\n");
}

function verbOf(change: RowChange, subject: Subject): string {
  if (change.op === "add") return `added${placeOf(change, subject)}`;
  return change.op === "remove" ? "removed" : "changed";
}

function cellsOf(change: RowChange, subject: Subject): ReadonlyMap<string, string> {
  if (change.op === "replace") return new Map(valueChanges(change.before, change.value, change.path, subject).map(({ name, words }) => [name, words]));
  const row = change.op === "add" ? change.value : change.before;
  const schema = schemaBelow(subject.schema, change.path);
  const cells: JsonObject = isJsonObject(row) ? row : {};
  return new Map(Object.entries(cells).filter(([name]) => name !== "id").map(([name, cell]) => [name, memberInWords(name, cell, schema, subject)]));
}

function limited(lines: readonly string[], rest: (count: number) => string): readonly string[] {
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES), rest(lines.length - MOST_LINES)];
}

/** A line in which nothing but emphasis and code is markup. */
function safe(line: string): string {
  return line.split(/(`[^`]*`)/).map((part, position) => (position % 2 === 1 ? part : part.replace(/[<>[\]\\]/g, "\\$&"))).join("").replace(/\s*\n\s*/g, " ");
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
