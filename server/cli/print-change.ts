import { setTimeout as sleep } from "node:timers/promises";
import { describeReport } from "../../engine/impact/describe-report.ts";
import type { ChangeSetState } from "../promotion/change-set.ts";
import type { ChangeView } from "../promotion/change-view.ts";
import type { ReviewPage } from "../promotion/review-page.ts";
import type { ApiClient } from "./api-client.ts";
import { asked } from "./connect.ts";
import { printDefinitionWords } from "./print-definition-words.ts";
import type { Terminal, Tone } from "./terminal.ts";

const POLL_MS = 300;

const TONES: { readonly [state in ChangeSetState]: Tone } = { DRAFT: "plain", SUBMITTED: "attention", APPROVED: "good", PROMOTED: "good", SUPERSEDED: "quiet", WITHDRAWN: "quiet" };

/** Who made it, where it stands, and whose approval is still needed. */
export function printChange(draft: ChangeView, terminal: Terminal): void {
  const line = (name: string, text: string): void => terminal.print(`${name.padEnd(10)}${text}`);
  line("Draft", `${draft.name}: ${draft.title}`);
  line("State", `${terminal.paint(TONES[draft.state], draft.state)}${draft.behind ? ", does not contain what is live: orderloom draft update" : ""}`);
  line("Authors", draft.authors.join(", "));
  if (draft.head !== null) line("Commit", draft.head);
  if (draft.reason !== "") line("Why", draft.reason);
  for (const { role, why } of draft.approvals.required) {
    const given = draft.approvals.given.find(({ roles }) => roles.includes(role));
    line("Approval", given === undefined ? `needed from a ${role}. ${why}` : `${given.by} (${role}) at ${given.at}${given.reason === "" ? "" : `: ${given.reason}`}`);
  }
  for (const { draft: other, author, definitions } of draft.alsoChangedBy) line("Also", `${author} changes ${definitions.join(", ")} in draft ${other}`);
  for (const { number, by, text, anchor, resolvedBy } of draft.comments) {
    const place = anchor === null ? "" : ` on ${(anchor as { readonly kind: string; readonly key: string }).kind}/${(anchor as { readonly key: string }).key}`;
    line(`Comment ${number}`.padEnd(10), `${by}${place}: ${text}${resolvedBy === null ? "" : ` (resolved by ${resolvedBy})`}`);
  }
  if (draft.pullRequestUrl !== null) line("Page", draft.pullRequestUrl);
}

/** What the draft changes, in words. */
export async function printDiff(client: ApiClient, name: string, terminal: Terminal): Promise<void> {
  const { sections } = await readReview(client, name, terminal, ({ checks, diff }) => settled(checks) && settled(diff));
  printSections({ checks: sections.checks, diff: sections.diff }, terminal);
}

/** The whole review page, when it is computed. */
export async function printReview(client: ApiClient, name: string, terminal: Terminal): Promise<ReviewPage> {
  const page = await readReview(client, name, terminal, (sections) => Object.values(sections).every(settled));
  printSections(page.sections, terminal);
  return page;
}

async function readReview(client: ApiClient, name: string, terminal: Terminal, enough: (sections: ReviewPage["sections"]) => boolean): Promise<ReviewPage> {
  for (;;) {
    const page = (await asked(client.get(`/api/drafts/${encodeURIComponent(name)}/review`))) as ReviewPage;
    if (enough(page.sections)) return page;
    const { scenarios, impact } = page.sections;
    const waits = impact.state === "computing" ? `${impact.done} of ${impact.total} orders assessed` : "The review page is being computed";
    terminal.update(scenarios.state === "computing" ? `Scenario ${scenarios.done + 1} of ${scenarios.total}` : waits);
    await sleep(POLL_MS);
  }
}

function settled({ state }: { readonly state: string }): boolean {
  return state === "done" || state === "failed";
}

function printSections({ checks, diff, scenarios, impact }: Partial<ReviewPage["sections"]>, terminal: Terminal): void {
  if (diff?.state === "done") {
    terminal.print(diff.result.words.length === 0 ? "Nothing differs from what is live." : "What changes");
    printDefinitionWords(diff.result.definitions, terminal);
  }
  if (checks?.state === "done") {
    const { diagnostics, sound } = checks.result;
    if (diff?.state !== "done") for (const { kind, key, change } of checks.result.changes) terminal.print(`  ${change} ${kind}/${key}`);
    terminal.print(terminal.paint(sound ? "good" : "bad", sound ? "The definitions are sound." : "The definitions are not sound."));
    for (const { severity, code, file, path, message } of diagnostics.filter(({ severity }) => !sound || severity === "error")) {
      terminal.print(`  ${terminal.paint(severity === "error" ? "bad" : "attention", code)} ${file}${path} ${message}`);
    }
  }
  if (scenarios?.state === "done") {
    const { passed, failed, results, coverage } = scenarios.result;
    terminal.print(terminal.paint(failed === 0 ? "good" : "bad", `${passed} of ${passed + failed} scenarios pass; they reach ${coverage.percent}% of the release.`));
    for (const { key, unmet } of results.filter((result) => !result.passed)) terminal.print(`  ${key}: ${unmet[0]?.message ?? "fails"}`);
  }
  if (impact?.state === "done") for (const line of describeReport(impact.result)) terminal.print(line);
  if (diff?.state === "failed") terminal.print(diff.detail);
}
