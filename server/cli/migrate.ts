import { randomUUID } from "node:crypto";
import { describeImpact } from "../../engine/impact/describe-report.ts";
import type { OrderImpact } from "../../engine/impact/order-impact.ts";
import { ORDER_MACHINE } from "../../engine/order/machines.ts";
import type { OrderLine } from "../api/order-line.ts";
import { RefusedRequest, type ApiClient } from "./api-client.ts";
import { asked, connect, SERVER_OPTIONS } from "./connect.ts";
import { parseArguments } from "./parse-arguments.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** Orders of one page of the list of orders. */
const PAGE_ORDERS = 100;
const OPEN_STATES = Object.entries(ORDER_MACHINE).flatMap(([state, moves]) => (moves.length > 0 ? [state] : []));

/**
 * `orderloom migrate ORDER --to RELEASE`, or `--all-adoptable`: previews what a migration does, and with `--yes` carries it
 * out, one order after the other. Never half an order: each is one commit of the server.
 */
export async function migrateCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(args, { values: ["to", "reason", ...SERVER_OPTIONS], flags: ["yes", "all-adoptable"], positionals: { atLeast: 0, atMost: 1, missing: "" } });
  const { positionals, value, flag } = parsed;
  const [orderId] = positionals;
  const release = value("to");
  if (release === undefined) throw new UsageError("Name the digest of the release with --to; orderloom check prints it, GET /api/releases lists them.");
  if ((orderId === undefined) !== flag("all-adoptable")) throw new UsageError("Name one order, or say --all-adoptable.");
  const reason = value("reason");
  if (flag("yes") && reason === undefined) throw new UsageError("Say why with --reason; it is written down with each order.");
  const wanted = { client: await connect(parsed, terminal), terminal, release, reason: flag("yes") ? (reason ?? "") : null };
  return asked(orderId === undefined ? migrateAll(wanted) : migrateOne(wanted, orderId));
}

interface Wanted {
  readonly client: ApiClient;
  readonly terminal: Terminal;
  readonly release: string;
  /** null while only a preview is wanted. */
  readonly reason: string | null;
}

async function migrateOne(wanted: Wanted, orderId: string): Promise<number> {
  const { terminal, reason } = wanted;
  const impact = await preview(wanted, orderId);
  for (const line of describeImpact(impact)) terminal.print(line);
  if (impact.class === "blocked") return 1;
  if (reason === null) {
    terminal.print('Nothing was changed. Add --yes and --reason "…" to migrate it.');
    return 0;
  }
  terminal.print((await carryOut(wanted, impact, reason)) === "applied" ? `Order ${orderId} runs on ${impact.to.name} now.` : `Order ${orderId} waits for the approval of its migration.`);
  return 0;
}

async function migrateAll(wanted: Wanted): Promise<number> {
  const { client, terminal, release, reason } = wanted;
  const counts = { migrated: 0, waiting: 0, adoptable: 0, blocked: 0, refused: 0 };
  const ids = (await openOrderIds(client)).filter((order) => order.releaseDigest !== release).map(({ id }) => id);
  for (const [position, id] of ids.entries()) {
    terminal.update(`${position} of ${ids.length} orders`);
    try {
      const impact = await preview(wanted, id);
      if (impact.class === "blocked") counts.blocked += 1;
      else if (reason === null) counts.adoptable += 1;
      else if ((await carryOut(wanted, impact, reason)) === "applied") counts.migrated += 1;
      else counts.waiting += 1;
    } catch (error) {
      // An order may go on, or end, while others are migrated: it is left as it is and said so.
      if (!(error instanceof RefusedRequest) || error.problem === null) throw error;
      counts.refused += 1;
      terminal.complain(`${id}: ${error.problem.title}. ${error.problem.detail} (${error.problem.code})`);
    }
  }
  terminal.print(reason === null
    ? `${counts.adoptable} of ${ids.length} orders could be migrated, ${counts.blocked} are blocked. Nothing was changed; add --yes and --reason "…".`
    : `${counts.migrated} of ${ids.length} orders were migrated, ${counts.waiting} wait for an approval, ${counts.blocked} are blocked, ${counts.refused} were refused.`);
  return counts.refused > 0 ? 1 : 0;
}

async function preview({ client, release }: Wanted, orderId: string): Promise<OrderImpact> {
  return (await client.get(`/api/orders/${encodeURIComponent(orderId)}/migration?release=${release}`)) as OrderImpact;
}

async function carryOut({ client, release }: Wanted, { orderId, aggregateVersion, previewHash }: OrderImpact, reason: string): Promise<string> {
  const body = { release, reason, previewHash, expectedVersion: aggregateVersion };
  const answer = (await client.post(`/api/orders/${encodeURIComponent(orderId)}/migration`, body, randomUUID())) as { readonly migration: { readonly outcome: string } };
  return answer.migration.outcome;
}

async function openOrderIds(client: ApiClient): Promise<readonly { readonly id: string; readonly releaseDigest: string }[]> {
  const ids = new Map<string, { readonly id: string; readonly releaseDigest: string }>();
  for (let offset = 0; ; offset += PAGE_ORDERS) {
    const page = (await client.get(`/api/orders?state=${OPEN_STATES.join(",")}&sort=acceptedAt&limit=${PAGE_ORDERS}&offset=${offset}`)) as { readonly orders: readonly Pick<OrderLine, "productOrderId" | "release">[] };
    for (const { productOrderId, release } of page.orders) ids.set(productOrderId, { id: productOrderId, releaseDigest: release.digest });
    if (page.orders.length < PAGE_ORDERS) return [...ids.values()];
  }
}
