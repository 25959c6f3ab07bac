import type { RequestHandler, Router } from "express";
import { problem } from "../problems/problem.ts";

/** The handlers of one address by method. */
export interface Methods {
  readonly get?: readonly RequestHandler[];
  readonly post?: readonly RequestHandler[];
}

/** Mounts an address and answers every method it does not have with 405 and `Allow`; method override headers are not read. */
export function mount(router: Router, path: string, methods: Methods): void {
  const allowed = [...(methods.get ? ["GET", "HEAD"] : []), ...(methods.post ? ["POST"] : []), "OPTIONS"].join(", ");
  const route = router.route(path);
  if (methods.get) route.get(...methods.get);
  if (methods.post) route.post(...methods.post);
  route.all((request, response) => {
    if (request.method === "OPTIONS") {
      response.set("Allow", allowed).status(204).end();
      return;
    }
    throw problem("method-not-allowed", `Use one of ${allowed}.`, { headers: { Allow: allowed } });
  });
}
