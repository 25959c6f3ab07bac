import { explainCheck, explainedCodes, type CheckHelp } from "./explain-check.ts";

const HEAD = `# What \`orderloom check\` finds

Every code, what it means, what to do, and the smallest mistake that leads to it: changes of a small valid release, and
what the check then prints. This page is made from the catalogue of the compiler and its examples; a test proves that it
is current. \`orderloom check --explain CODE\` prints one entry. An error keeps a release from being published, a warning
does not.
`;

/** The page of all codes, as Markdown. */
export function checksPage(): string {
  const entries = explainedCodes().map((code) => explainCheck(code)).filter((help) => help !== null);
  return [HEAD, ...entries.map(section)].join("\n");
}

function section({ code, severity, explanation, fix, example }: CheckHelp): string {
  const lines = [`## ${code}`, "", `*${severity}* ${escaped(explanation)} **${escaped(fix)}**`, ""];
  if (example) lines.push(`When ${example.when}:`, "", "```text", ...example.changes, ...example.answer.map((line) => `→ ${line}`), "```", "");
  return lines.join("\n");
}

const escaped = (text: string): string => text.replaceAll(/[<>{}*_]/g, "\\$&");
