import { Router } from "express";
import { mount } from "./methods.ts";

/** Whether this process can do its work: one entry per part it needs, with the reason when it fails. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: { readonly [part: string]: { readonly ok: boolean; readonly detail?: string } };
}

/** `GET /health/live`: the process runs. `GET /health/ready`: its database answers and its workers run. Open to everyone. */
export function healthRoutes(readiness: () => Promise<Readiness>): Router {
  const router = Router();
  mount(router, "/health/live", {
    get: [
      (_request, response) => {
        response.json({ status: "up" });
      },
    ],
  });
  mount(router, "/health/ready", {
    get: [
      async (_request, response) => {
        const state = await readiness();
        response.status(state.ready ? 200 : 503).set("Cache-Control", "no-store").json({ status: state.ready ? "ready" : "not-ready", checks: state.checks });
      },
    ],
  });
  return router;
}
