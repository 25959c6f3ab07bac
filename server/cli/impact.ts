import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { describeReport, reportToMarkdown } from "../../engine/impact/describe-report.ts";
import type { ImpactReport } from "../../engine/impact/impact-report.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { assessOrders } from "../impact/assess-orders.ts";
import { IMPACT_LIMITS } from "../impact/impact-limits.ts";
import type { StoredImpactReport } from "../store/impact-report-store.ts";
import type { ApiClient } from "./api-client.ts";
import { asked, connect, SERVER_OPTIONS } from "./connect.ts";
import { readExport } from "./exported-orders.ts";
import { parseArguments } from "./parse-arguments.ts";
import { proposedRelease, type ProposedRelease } from "./proposed-release.ts";
import type { Terminal } from "./terminal.ts";
import { InputError, UsageError } from "./usage-error.ts";

/** How often a running report is asked how far it is, in milliseconds. */
const ASK_EVERY_MS = 500;
const FORMATS = ["text", "json", "markdown"];

/** `orderloom impact`: what a proposed release means for the orders under way, of a running server or of an exported file. */
export async function impactCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(args, { values: ["against", "orders", "format", ...SERVER_OPTIONS], flags: [], positionals: { atLeast: 0, atMost: 0, missing: "" } });
  const { value } = parsed;
  const against = value("against");
  if (against === undefined) throw new UsageError("Name the proposed release with --against: a folder, a Git reference, or a digest.");
  const format = value("format") ?? "text";
  if (!FORMATS.includes(format)) throw new UsageError(`The format "${format}" is not known; use text, json or markdown.`);
  const file = value("orders");
  if (file !== undefined && value("url") !== undefined) throw new UsageError("Name either a server with --url or a file with --orders.");
  const proposed = await proposedRelease(against, terminal);
  const report = file === undefined
    ? await askServer(await connect(parsed, terminal), proposed, terminal)
    : await assessFile(file, proposed, terminal);
  if (format === "json") terminal.print(JSON.stringify(report, null, 2));
  else if (format === "markdown") terminal.print(reportToMarkdown(report).trimEnd());
  else for (const line of describeReport(report)) terminal.print(line);
  return 0;
}

async function askServer(client: ApiClient, proposed: ProposedRelease, terminal: Terminal): Promise<ImpactReport> {
  const body = "digest" in proposed ? { release: proposed.digest } : { name: proposed.release.name, definitions: proposed.release.definitions };
  const { id } = (await asked(client.post("/api/impact", body, randomUUID()))) as StoredImpactReport;
  for (;;) {
    const report = (await asked(client.get(`/api/impact/${id}`))) as StoredImpactReport;
    if (report.report !== null) return report.report;
    if (report.state !== "running") throw new InputError(`The report failed: ${report.error ?? "no reason was given"}`);
    terminal.update(`${report.assessed} of ${report.total} orders assessed`);
    await wait(ASK_EVERY_MS);
  }
}

async function assessFile(file: string, proposed: ProposedRelease, terminal: Terminal): Promise<ImpactReport> {
  const releases = new Map<string, CompiledRelease>();
  let release = "release" in proposed ? proposed.release : null;
  // Its releases stand before the orders that run on them: one reading finds them all.
  let orders = 0;
  for await (const page of readExport(file, releases, IMPACT_LIMITS.pageOrders)) orders += page.length;
  if ("digest" in proposed) release = releases.get(proposed.digest) ?? null;
  if (release === null) throw new InputError(`${file} does not hold the release --against names; name a folder of definitions.`);
  return assessOrders({
    pages: () => readExport(file, releases, IMPACT_LIMITS.pageOrders),
    releaseOf: (order) => {
      const pinned = releases.get(order.release.digest);
      if (pinned) return pinned;
      throw new InputError(`${file} does not hold release ${order.release.name} of order ${order.id}.`);
    },
    proposed: release,
    at: terminal.now(),
    clockMs: () => performance.now(),
    onProgress: (assessed) => terminal.update(`${assessed} of ${orders} orders assessed`),
  });
}
