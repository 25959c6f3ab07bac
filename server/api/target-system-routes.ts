import { Router, type Request, type RequestHandler, type Response } from "express";
import type { Json } from "../../engine/support/json.ts";
import { pauseTarget, resumeTarget, type ControlResult, type TargetControlsDeps } from "../flow/target-controls.ts";
import type { OperationRequest } from "../flow/operations-log.ts";
import { readTargetSystems, type TargetSystemView } from "../flow/target-systems.ts";
import { allow } from "../identity/authenticate.ts";
import { problem } from "../problems/problem.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import { pathParameter } from "./find-order.ts";
import { jsonBody } from "./json-body.ts";
import { mount } from "./methods.ts";
import { operationBody } from "./operation-body.ts";
import { Query } from "./query.ts";
import { runOperation, type OperationDependencies } from "./run-operation.ts";

export interface TargetSystemRoutesDependencies extends OperationDependencies {
  readonly controls: TargetControlsDeps;
  readonly releases: Pick<ReleaseLookup, "active">;
  readonly authenticate: RequestHandler;
}

type Control = (deps: TargetControlsDeps, key: string, request: OperationRequest) => Promise<ControlResult>;

/** What goes out to target systems, and stopping and restarting it (F3). */
export function targetSystemRoutes(dependencies: TargetSystemRoutesDependencies): Router {
  const router = Router();
  const { authenticate } = dependencies;
  mount(router, "/api/target-systems", {
    get: [
      authenticate,
      allow("target.read"),
      async (request, response) => {
        Query.read(request, []);
        response.json({ targetSystems: await views(dependencies) });
      },
    ],
  });
  const control = (path: string, perform: Control): void =>
    mount(router, path, { post: [authenticate, allow("target.control"), ...jsonBody(), (request, response) => change(dependencies, request, response, perform)] });
  control("/api/target-systems/:key/pause", pauseTarget);
  control("/api/target-systems/:key/resume", resumeTarget);
  return router;
}

async function change(dependencies: TargetSystemRoutesDependencies, request: Request, response: Response, perform: Control): Promise<void> {
  const body = operationBody(response, ["reason"]);
  const key = pathParameter(request, "key");
  if (!(await views(dependencies)).some((view) => view.key === key)) throw problem("not-found");
  await runOperation(dependencies, request, response, {
    operation: `${perform === pauseTarget ? "target.pause" : "target.resume"} ${key}`,
    body,
    reason: body["reason"] ?? "",
    async perform(operation) {
      const result = await perform(dependencies.controls, key, operation);
      if (result.outcome === "refused") throw problem("invalid-transition", result.why);
      return (await views(dependencies)).find((view) => view.key === key) as unknown as Json;
    },
  });
}

function views({ controls, releases, now }: TargetSystemRoutesDependencies): Promise<readonly TargetSystemView[]> {
  return readTargetSystems(controls.database, releases.active(), now());
}
