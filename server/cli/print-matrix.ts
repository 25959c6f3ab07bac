import type { Exploration } from "../../engine/explore/exploration.ts";
import type { Matrix } from "../../engine/explore/matrix.ts";
import type { Terminal, Tone } from "./terminal.ts";

const TONES: { readonly [kind: string]: Tone } = { safe: "good", refused: "attention", unsafe: "bad" };

/** Prints the cancel-anywhere matrix: a row for each task, a column for where it stands when the cancellation comes. */
export function printMatrix({ template, title, complete, cells }: Exploration, { columns, rows, counts, refusals, problems }: Matrix, terminal: Terminal): void {
  terminal.print(`${title} (${template}), cancelled in each of its ${cells.length} states\n`);
  const width = Math.max(...rows.map((row) => row.title.length), "Task".length);
  const widths = columns.map((column) => Math.max(column.length, "refused".length));
  terminal.print(`  ${"Task".padEnd(width)}  ${columns.map((column, position) => column.padEnd(widths[position] ?? 0)).join("  ")}`.trimEnd());
  for (const row of rows) {
    const line = columns.map((column, position) => {
      const verdict = row.verdicts[column] ?? "";
      const padded = verdict.padEnd(widths[position] ?? 0);
      return verdict === "" ? padded : terminal.paint(TONES[verdict] ?? "plain", padded);
    });
    terminal.print(`  ${row.title.padEnd(width)}  ${line.join("  ")}`.trimEnd());
  }
  terminal.print(`\n${counts.safe} states safe, ${counts.refused} refused, ${counts.unsafe} unsafe. A cell shows the worst of all states in which the task stands so.`);
  if (!complete) terminal.print(terminal.paint("attention", "A limit ended the exploration: there are more states than these."));
  for (const { reason, route, states } of refusals) terminal.print(`Refused in ${states}: ${reason}${route === null ? "" : ` (${route})`}`);
  for (const { text, states, path } of problems) {
    terminal.print(terminal.paint("bad", `\nUnsafe in ${states}: ${text}`));
    terminal.print(path.length === 0 ? "  At once." : `  For example after: ${path.join(", then ")}.`);
  }
}
