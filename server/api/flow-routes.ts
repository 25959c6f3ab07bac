import { Router, type RequestHandler } from "express";
import { readOperations } from "../flow/operations-log.ts";
import { findStuckOrders } from "../flow/stuck-orders.ts";
import { actorOf, allow } from "../identity/authenticate.ts";
import { visibleRegions } from "../identity/authorize.ts";
import type { IdempotencyStore } from "../intake/idempotency-store.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import type { Database } from "../store/database.ts";
import type { GroupedUnitOfWork } from "../work/handle-inputs.ts";
import { deadLetterRoutes } from "./dead-letter-routes.ts";
import { mount } from "./methods.ts";
import { setPageHeaders } from "./page-headers.ts";
import { Query } from "./query.ts";
import { targetSystemRoutes } from "./target-system-routes.ts";

/** What the routes of flow control need besides the clock. */
export interface FlowDependencies {
  readonly database: Database;
  readonly unitOfWork: GroupedUnitOfWork;
}

export interface FlowRoutesDependencies extends FlowDependencies {
  readonly releases: ReleaseLookup;
  readonly idempotency: IdempotencyStore;
  readonly now: () => string;
  readonly authenticate: RequestHandler;
}

/** Everything about the flow of work: target systems, dead letters, stuck orders, the log of operations. Mount it before the routes of orders. */
export function flowRoutes(dependencies: FlowRoutesDependencies): Router {
  const router = Router();
  const { database, releases, now, authenticate } = dependencies;
  mount(router, "/api/orders/stuck", {
    get: [
      authenticate,
      allow("order.stuck"),
      async (request, response) => {
        Query.read(request, []);
        const orders = await findStuckOrders(database, releases, now(), visibleRegions(actorOf(response)));
        response.json({ orders, total: orders.length });
      },
    ],
  });
  mount(router, "/api/operations-log", {
    get: [
      authenticate,
      allow("operation.read"),
      async (request, response) => {
        const query = Query.read(request, ["subject", "offset", "limit"]);
        const { offset, limit } = query.page();
        const page = await readOperations(database, { subject: query.text("subject"), offset, limit });
        setPageHeaders(response, "/api/operations-log", query, { rows: page.rows.length, total: page.total });
        response.json({ operations: page.rows, total: page.total, offset, limit });
      },
    ],
  });
  router.use(targetSystemRoutes({ ...dependencies, controls: dependencies }));
  router.use(deadLetterRoutes({ ...dependencies, letters: dependencies }));
  return router;
}
