import express, { type Express, type Router } from "express";
import type { Logger } from "pino";
import { changeRoutes } from "./api/change-routes.ts";
import { commandRoutes } from "./api/command-routes.ts";
import { correlate, correlationIdOf } from "./api/correlation.ts";
import { flowRoutes, type FlowDependencies } from "./api/flow-routes.ts";
import { draftRoutes } from "./api/draft-routes.ts";
import { healthRoutes, type Readiness } from "./api/health-routes.ts";
import { impactRoutes, type ImpactDependencies } from "./api/impact-routes.ts";
import { migrationRoutes } from "./api/migration-routes.ts";
import { orderRoutes } from "./api/order-routes.ts";
import { definitionRoutes } from "./api/definition-routes.ts";
import { promotionRoutes } from "./api/promotion-routes.ts";
import { releaseRoutes } from "./api/release-routes.ts";
import { repairRoutes } from "./api/repair-routes.ts";
import { requestLog } from "./api/request-log.ts";
import { reviewRoutes } from "./api/review-routes.ts";
import { securityHeaders } from "./api/security-headers.ts";
import { sheetRoutes } from "./api/sheet-routes.ts";
import { unmatchedRoutes } from "./api/unmatched-routes.ts";
import { webPage } from "./api/web-page.ts";
import { worklistRoutes } from "./api/worklist-routes.ts";
import { authenticate } from "./identity/authenticate.ts";
import type { IntakeGate } from "./flow/intake-gate.ts";
import type { DemoIssuer } from "./identity/demo-issuer.ts";
import { demoRoutes } from "./identity/demo-routes.ts";
import { personaActor } from "./identity/personas.ts";
import type { TokenVerifier } from "./identity/verify-token.ts";
import type { IdempotencyStore } from "./intake/idempotency-store.ts";
import { handleErrors } from "./problems/handle-errors.ts";
import { problem } from "./problems/problem.ts";
import { problemRoutes } from "./problems/problem-routes.ts";
import type { OrderReads } from "./read/order-reads.ts";
import type { ReleaseLookup } from "./read/release-lookup.ts";
import type { WorkReads } from "./read/work-reads.ts";
import { cancelProductOrderRoutes } from "./tmf/cancel-product-order-routes.ts";
import { productOrderRoutes } from "./tmf/product-order-routes.ts";
import type { Promotion } from "./promotion/start-promotion.ts";
import type { UnitOfWork } from "./work/contract.ts";

/** Everything the REST edge needs of the rest of the server. It reads neither clock nor environment itself. */
export interface HttpAppDependencies {
  readonly work: UnitOfWork;
  readonly reads: OrderReads;
  /** What the worklists read; without it they are left out. */
  readonly workReads?: WorkReads;
  readonly releases: ReleaseLookup;
  readonly idempotency: IdempotencyStore;
  readonly verifyToken: TokenVerifier;
  /** The demo issuer, or null outside demo mode. `checkDemoMode` has decided about it. */
  readonly demo: DemoIssuer | null;
  readonly readiness: () => Promise<Readiness>;
  /** What the routes of flow control need; without it they are left out. */
  readonly flow?: FlowDependencies;
  /** The flow from draft to release; without it its routes are left out. */
  readonly promotion?: Promotion;
  /** What impact reports need; without it they are left out. */
  readonly impact?: ImpactDependencies;
  /** Refuses orders when too many wait; without it none is refused. */
  readonly gate?: IntakeGate;
  /** ISO 8601 with milliseconds, UTC. */
  readonly now: () => string;
  /** A new id that sorts by time. */
  readonly newId: () => string;
  readonly logger: Logger;
  /** Folder of the built web application, or null. */
  readonly webRoot: string | null;
  /** Routers that read their bodies themselves, such as the signed callbacks; they come before everything that authenticates. */
  readonly extraRouters: readonly Router[];
}

/**
 * The REST edge: security headers, correlation, log, then one router per family of addresses, the web application, and the
 * one place that turns errors into problems.
 */
export function createHttpApp(dependencies: HttpAppDependencies): Express {
  const { demo, verifyToken, newId, logger } = dependencies;
  // In the demo alone, a call without a token acts as a persona: orders as the sales channel, reads of ours as the operator.
  const forTmf = authenticate(verifyToken, demo === null ? NOBODY : { reads: personaActor("channel"), writes: personaActor("channel") });
  const forApi = authenticate(verifyToken, demo === null ? NOBODY : { reads: personaActor("operator"), writes: null });

  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.set("trust proxy", false);
  app.use(securityHeaders(), correlate(newId), requestLog(logger));
  for (const router of dependencies.extraRouters) app.use(router);
  app.use(healthRoutes(dependencies.readiness));
  app.use(problemRoutes());
  if (demo !== null) app.use(demoRoutes(demo));
  app.use(productOrderRoutes({ ...dependencies, activeRelease: () => dependencies.releases.active(), authenticate: forTmf }));
  app.use(cancelProductOrderRoutes({ ...dependencies, authenticate: forTmf }));
  if (dependencies.flow !== undefined) app.use(flowRoutes({ ...dependencies, ...dependencies.flow, authenticate: forApi }));
  app.use(orderRoutes({ ...dependencies, authenticate: forApi }));
  app.use(commandRoutes({ ...dependencies, authenticate: forApi }));
  app.use(changeRoutes({ ...dependencies, authenticate: forApi }));
  app.use(repairRoutes({ ...dependencies, authenticate: forApi }));
  if (dependencies.workReads !== undefined) app.use(worklistRoutes({ ...dependencies, workReads: dependencies.workReads, authenticate: forApi }));
  if (dependencies.promotion !== undefined) {
    const flow = { ...dependencies, promotion: dependencies.promotion, authenticate: forApi };
    app.use(draftRoutes(flow), reviewRoutes(flow), promotionRoutes(flow));
  }
  app.use(migrationRoutes({ ...dependencies, authenticate: forApi }));
  if (dependencies.impact !== undefined) app.use(impactRoutes({ ...dependencies, impact: dependencies.impact, authenticate: forApi }));
  app.use(sheetRoutes(dependencies.releases, forApi));
  app.use(releaseRoutes(dependencies.releases, forApi), definitionRoutes(dependencies.releases, dependencies.promotion ?? null, forApi));
  app.use(unmatchedRoutes(dependencies.reads, forApi));
  if (dependencies.webRoot !== null) app.use(webPage(dependencies.webRoot));
  app.use((request) => {
    throw request.method === "TRACE" ? problem("method-not-allowed", undefined, { headers: { Allow: "GET, HEAD, POST, OPTIONS" } }) : problem("not-found");
  });
  app.use(handleErrors((error, request, response) => logger.error({ err: error, path: request.path, correlationId: correlationIdOf(response) }, "request failed")));
  return app;
}

const NOBODY = { reads: null, writes: null } as const;
