import { Router, type Request, type RequestHandler, type Response } from "express";
import { assessImpact } from "../../engine/impact/assess-impact.ts";
import type { OrderImpact } from "../../engine/impact/order-impact.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { ORDER_MACHINE } from "../../engine/order/machines.ts";
import type { Order } from "../../engine/order/order.ts";
import type { Json } from "../../engine/support/json.ts";
import { actorOf, allow } from "../identity/authenticate.ts";
import { problem } from "../problems/problem.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import { approvalView } from "./approval-view.ts";
import { bodyObject, commandSummary, refuse, requiredText } from "./command-body.ts";
import { expectedVersion, versionTag } from "./expected-version.ts";
import { findOrder, pinnedRelease } from "./find-order.ts";
import { jsonBody } from "./json-body.ts";
import { mount } from "./methods.ts";
import { Query } from "./query.ts";
import { runCommand, type CommandDependencies } from "./run-command.ts";

export interface MigrationRoutesDependencies extends CommandDependencies {
  readonly releases: ReleaseLookup;
  readonly authenticate: RequestHandler;
}

/** Moving one order to another release (G7): first the preview, which changes nothing, then the migration that brings its hash. */
export function migrationRoutes(dependencies: MigrationRoutesDependencies): Router {
  const router = Router();
  const { authenticate } = dependencies;
  mount(router, "/api/orders/:id/migration", {
    get: [authenticate, allow("order.migrate"), (request, response) => preview(dependencies, request, response)],
    post: [authenticate, allow("order.migrate"), ...jsonBody(), (request, response) => migrate(dependencies, request, response)],
  });
  return router;
}

async function preview(dependencies: MigrationRoutesDependencies, request: Request, response: Response): Promise<void> {
  const digest = Query.read(request, ["release"]).text("release") ?? "";
  const order = await findOrder(dependencies.reads, request, response, "order.migrate");
  await sendPreview(dependencies, response, order, await knownRelease(dependencies.releases, digest));
}

async function sendPreview(dependencies: MigrationRoutesDependencies, response: Response, order: Order, to: CompiledRelease): Promise<void> {
  const impact = await impactOf(dependencies, order, to);
  response.set("ETag", versionTag(order.aggregateVersion)).json(impact);
}

async function migrate(dependencies: MigrationRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const toRelease = requiredText(body, "release");
  const to = await knownRelease(dependencies.releases, toRelease);
  const order = await findOrder(dependencies.reads, request, response, "order.migrate");
  const dryRun = body["dryRun"] ?? false;
  if (typeof dryRun !== "boolean") throw refuse("dryRun", "invalid-value", "Send true or false.");
  if (dryRun) return sendPreview(dependencies, response, order, to);
  const reason = requiredText(body, "reason");
  const previewHash = requiredText(body, "previewHash");
  const version = expectedVersion(request, body);
  const actor = actorOf(response);
  await runCommand(dependencies, request, response, {
    operation: `order.migrate ${order.id}`,
    order,
    body,
    input: (id, at) => ({ id, at, type: "MigrateOrder", toRelease, reason, expectedVersion: version, previewHash, actor }),
    accepted: (after) => outcome(after, toRelease),
  });
}

/** Moved, or waiting for whose agreement. */
function outcome(order: Order, toRelease: string): Json {
  const summary = { ...commandSummary(order, null), release: { ...order.release } };
  if (order.release.digest === toRelease) return { ...summary, migration: { outcome: "applied" } };
  const waiting = order.approvals.findLast(({ state, subject }) => state === "PENDING" && subject.type === "migration" && subject.to.digest === toRelease);
  return { ...summary, migration: { outcome: "awaiting-approval" }, ...(waiting && { approval: approvalView(order, waiting) as unknown as Json }) };
}

async function impactOf({ releases, reads }: MigrationRoutesDependencies, order: Order, to: CompiledRelease): Promise<OrderImpact> {
  if (ORDER_MACHINE[order.state].length === 0) throw problem("invalid-transition", `Order ${order.id} is ${order.state}: what has ended stays on its release.`);
  const journal = await reads.journal(order.id, 0, order.aggregateVersion);
  return assessImpact(order, journal, await pinnedRelease(releases, order), to);
}

async function knownRelease(releases: ReleaseLookup, digest: string): Promise<CompiledRelease> {
  const release = /^[0-9a-f]{64}$/.test(digest) ? await releases.byDigest(digest) : null;
  if (release === null) throw problem("release-unknown");
  return release;
}
