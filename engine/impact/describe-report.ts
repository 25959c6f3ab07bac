import { BLOCKING_RULES } from "./blocking-rules.ts";
import type { ImpactGroup, ImpactReport } from "./impact-report.ts";
import type { OrderImpact } from "./order-impact.ts";

/** One part of a report: a heading, a sentence, and rows whose first cell is a number of orders or a name. */
interface Part {
  readonly title: string;
  readonly note: string | null;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The report as lines for a terminal. */
export function describeReport(report: ImpactReport): readonly string[] {
  return [headline(report), ...partsOf(report).flatMap(({ title, note, rows }) => ["", title, ...(note === null ? [] : [`  ${note}`]), ...aligned(rows)])];
}

/** The report as Markdown, for a review. */
export function reportToMarkdown(report: ImpactReport): string {
  const parts = partsOf(report).flatMap(({ title, note, columns, rows }) => [
    `### ${title}`, "", ...(note === null ? [] : [note, ""]),
    ...(rows.length === 0 ? [] : [`| ${columns.join(" | ")} |`, `|${columns.map(() => "---").join("|")}|`, ...rows.map((row) => `| ${row.map(escaped).join(" | ")} |`), ""]),
  ]);
  return ["## Impact on orders in flight", "", headline(report), "", ...parts].join("\n").trimEnd().concat("\n");
}

/** What a release means for one order, as lines for a terminal. */
export function describeImpact(impact: OrderImpact): readonly string[] {
  const { orderId, from, to, blocked, differences, assumptions } = impact;
  const heading = { unaffected: "is not affected", "could-adopt": "could adopt it", blocked: "must stay on its release" }[impact.class];
  return [
    `Order ${orderId}, ${from.name} -> ${to.name}: ${heading}`,
    ...blocked.map(({ rule, why }) => `  ${rule}: ${why}`),
    ...(blocked.length > 0 ? [] : differences.map(({ assumed, why }) => `  ${assumed ? "~" : "*"} ${why}`)),
    ...(assumptions.length > 0 ? ["  Assumed (~):", ...assumptions.map((assumption) => `    ${assumption}`)] : []),
  ];
}

function headline({ to, orders, classes, assessedAt }: ImpactReport): string {
  const { unaffected, blocked } = classes;
  return `Release ${to.name} (${to.digest.slice(0, 12)}) and ${orders} open orders, as of ${assessedAt}: ${unaffected.orders} unaffected, ${classes["could-adopt"].orders} could adopt it, ${blocked.orders} blocked.`;
}

function partsOf(report: ImpactReport): readonly Part[] {
  const parts: readonly Part[] = [
    { title: "By product", note: null, columns: ["Offering", "Unaffected", "Could adopt", "Blocked"], rows: report.products.map(({ offering, unaffected, couldAdopt, blocked }) => [offering, `${unaffected} unaffected`, `${couldAdopt} could adopt`, `${blocked} blocked`]) },
    { title: "Why orders are blocked", note: null, columns: ["Orders", "Rule", "What it means", "For example"], rows: report.rules.map((found) => [String(found.orders), found.rule, BLOCKING_RULES[found.rule], samples(found)]) },
    { title: "What would differ", note: null, columns: ["Orders", "Kind", "For example"], rows: report.kinds.map((found) => [String(found.orders), found.kind, samples(found)]) },
    {
      title: "The differences", note: report.differences.some(({ assumed }) => assumed) ? "~ rests on the assumptions below." : null, columns: ["Orders", "Difference", "For example"],
      rows: report.differences.map((found) => [String(found.orders), `${found.assumed ? "~ " : ""}${found.kind} ${found.subject}`, `${found.example} (${found.sampleOrderIds[0] ?? ""})`]),
    },
    { title: "Assumed where the journals hold no answer", note: null, columns: ["Assumption"], rows: report.assumptions.map((assumption) => [assumption]) },
  ];
  return parts.filter(({ rows }) => rows.length > 0);
}

function samples({ orders, sampleOrderIds }: ImpactGroup): string {
  return orders > sampleOrderIds.length ? `${sampleOrderIds.join(", ")}, …` : sampleOrderIds.join(", ");
}

/** Rows with their columns under each other; the last column is as long as it likes. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  ")}`);
}

function escaped(cell: string): string {
  return cell.replaceAll("|", "\\|").replaceAll("\n", " ");
}
