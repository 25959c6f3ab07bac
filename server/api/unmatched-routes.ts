import { Router, type RequestHandler } from "express";
import { allow } from "../identity/authenticate.ts";
import type { OrderReads } from "../read/order-reads.ts";
import { mount } from "./methods.ts";
import { setPageHeaders } from "./page-headers.ts";
import { Query } from "./query.ts";

/** `GET /api/unmatched`: results that belong to no task, newest first (E3). */
export function unmatchedRoutes(reads: OrderReads, authenticate: RequestHandler): Router {
  const router = Router();
  mount(router, "/api/unmatched", {
    get: [
      authenticate,
      allow("unmatched.read"),
      async (request, response) => {
        const query = Query.read(request, ["offset", "limit"]);
        const { offset, limit } = query.page();
        const page = await reads.unmatched(offset, limit);
        setPageHeaders(response, "/api/unmatched", query, { rows: page.rows.length, total: page.total });
        response.json({ results: page.rows, total: page.total, offset, limit });
      },
    ],
  });
  return router;
}
