import { Router, type RequestHandler } from "express";
import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Json, JsonObject } from "../../engine/support/json.ts";
import { isJsonObject } from "../../engine/support/json.ts";
import { actorOf, allow } from "../identity/authenticate.ts";
import { visibleRegions } from "../identity/authorize.ts";
import type { ImpactReports } from "../impact/impact-reports.ts";
import { IMPACT_LIMITS } from "../impact/impact-limits.ts";
import type { OpenOrder } from "../impact/assess-orders.ts";
import type { OpenOrdersQuery } from "../impact/open-orders.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { problem } from "../problems/problem.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import type { StoredImpactReport } from "../store/impact-report-store.ts";
import { bodyObject, optionalText, refuse } from "./command-body.ts";
import { pathParameter } from "./find-order.ts";
import { jsonBody } from "./json-body.ts";
import { mount } from "./methods.ts";
import { Query } from "./query.ts";
import { runOperation, type OperationDependencies } from "./run-operation.ts";

/** What the routes need besides the edge. */
export interface ImpactDependencies {
  readonly reports: ImpactReports;
  readonly openOrders: (query: OpenOrdersQuery) => Promise<readonly OpenOrder[]>;
}

export interface ImpactRoutesDependencies extends OperationDependencies {
  readonly impact: ImpactDependencies;
  readonly releases: ReleaseLookup;
  readonly authenticate: RequestHandler;
}

/** What a proposed release means for the orders under way: a report is asked for, made in the background, and read. */
export function impactRoutes(dependencies: ImpactRoutesDependencies): Router {
  const router = Router();
  const { authenticate, impact: { reports, openOrders }, releases } = dependencies;
  mount(router, "/api/impact", {
    get: [
      authenticate,
      allow("impact.report"),
      async (request, response) => {
        Query.read(request, []);
        response.json({ reports: (await reports.list()).map(view) });
      },
    ],
    post: [
      authenticate,
      allow("impact.report"),
      ...jsonBody(),
      async (request, response) => {
        const body = bodyObject(response);
        const release = await proposedRelease(releases, body);
        const actor = actorOf(response);
        await runOperation(dependencies, request, response, {
          operation: "impact.report", body, reason: "", status: 201,
          perform: async ({ id }) => view(await reports.start({ id, release, requestedBy: actor.id, regions: visibleRegions(actor) })),
        });
      },
    ],
  });
  mount(router, "/api/impact/:id", {
    get: [
      authenticate,
      allow("impact.report"),
      async (request, response) => {
        Query.read(request, []);
        const found = await reports.get(pathParameter(request, "id"));
        if (found === null) throw problem("not-found", "Take the id from GET /api/impact.");
        response.json({ ...(view(found) as JsonObject), report: found.report });
      },
    ],
  });
  mount(router, "/api/open-orders", {
    get: [
      authenticate,
      allow("order.export"),
      async (request, response) => {
        const query = Query.read(request, ["after"]);
        const orders = await openOrders({ regions: visibleRegions(actorOf(response)), after: query.text("after") ?? "", limit: IMPACT_LIMITS.pageOrders });
        response.json({ orders, next: orders.length < IMPACT_LIMITS.pageOrders ? null : (orders.at(-1)?.order.id ?? null) });
      },
    ],
  });
  return router;
}

function view({ report: _report, ...rest }: StoredImpactReport): Json {
  return { ...rest, href: `/api/impact/${rest.id}` };
}

/** A published release by its digest, or one that is only proposed, by its definitions. */
async function proposedRelease(releases: ReleaseLookup, body: JsonObject): Promise<CompiledRelease> {
  const digest = optionalText(body, "release");
  const { definitions } = body;
  if (digest !== null && definitions === undefined) {
    const release = /^[0-9a-f]{64}$/.test(digest) ? await releases.byDigest(digest) : null;
    if (release === null) throw problem("release-unknown");
    return release;
  }
  if (digest !== null || !Array.isArray(definitions)) throw refuse(digest === null ? "definitions" : "release", "invalid-value", "Send either the digest of a published release, or a list of definitions.");
  const files = (definitions as readonly Json[]).map((content, position) => ({ path: pathOf(content, position), content }));
  const compilation = compile(files, { name: optionalText(body, "name") ?? "proposed" });
  if (compilation.ok) return compilation.release;
  const errors = compilation.diagnostics.slice(0, SERVER_LIMITS.reportedErrors).map(({ file, path, message }) => ({
    code: "definitions-invalid" as const, pointer: `/definitions/${files.findIndex((each) => each.path === file)}${path}`, detail: message,
  }));
  throw problem("definitions-invalid", "Correct every place listed under errors; `orderloom check` says the same.", { errors });
}

function pathOf(content: Json, position: number): string {
  const [kind, key] = isJsonObject(content) ? [content["kind"], content["key"]] : [];
  return typeof kind === "string" && typeof key === "string" ? `${kind}/${key}.json` : `definition-${position}.json`;
}
