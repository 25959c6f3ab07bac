import { Router } from "express";
import type { Json } from "../../engine/support/json.ts";
import { allow } from "../identity/authenticate.ts";
import { problem } from "../problems/problem.ts";
import { promoteDraft, rollBack } from "../promotion/promote.ts";
import { PROMOTION_LIMITS } from "../promotion/promotion-limits.ts";
import { computeDiff } from "../promotion/review-sections.ts";
import { bodyObject, requiredText } from "./command-body.ts";
import type { PromotionRoutesDependencies } from "./draft-routes.ts";
import { pathParameter } from "./find-order.ts";
import { jsonBody } from "./json-body.ts";
import { mount } from "./methods.ts";
import { Query } from "./query.ts";
import { runOperation } from "./run-operation.ts";

/** Promotion: what was approved becomes the release of new orders; an older one becomes it again. */
export function promotionRoutes(dependencies: PromotionRoutesDependencies): Router {
  const router = Router();
  const { authenticate, promotion } = dependencies;
  mount(router, "/api/drafts/:name/promote", {
    post: [
      authenticate,
      allow("definition.promote"),
      ...jsonBody(),
      async (request, response) => {
        const body = bodyObject(response);
        const [name, commit, reason] = [pathParameter(request, "name"), requiredText(body, "commit"), requiredText(body, "reason")];
        await runOperation(dependencies, request, response, {
          operation: `draft.promote ${name}`, body, reason,
          perform: async (operation) => (await promoteDraft(promotion, name, commit, operation)) as unknown as Json,
        });
      },
    ],
  });
  mount(router, "/api/releases/:digest/rollback", {
    post: [
      authenticate,
      allow("definition.rollback"),
      ...jsonBody(),
      async (request, response) => {
        const body = bodyObject(response);
        const [digest, reason] = [pathParameter(request, "digest"), requiredText(body, "reason")];
        await runOperation(dependencies, request, response, {
          operation: `release.rollback ${digest}`, body, reason,
          perform: async (operation) => (await rollBack(promotion, digest, operation)) as unknown as Json,
        });
      },
    ],
  });
  mount(router, "/api/releases/compare", {
    get: [
      authenticate,
      allow("release.read"),
      async (request, response) => {
        const query = Query.read(request, ["from", "to"]);
        const [from, to] = await Promise.all(["from", "to"].map((name) => promotion.context.releases.byDigest(query.text(name) ?? "")));
        if (!from || !to) throw problem("not-found", "Name two releases by their digests, as from and to; GET /api/releases lists them.");
        response.json({ from: { name: from.name, digest: from.digest }, to: { name: to.name, digest: to.digest }, ...computeDiff(from, to) });
      },
    ],
  });
  mount(router, "/api/activations", {
    get: [
      authenticate,
      allow("release.read"),
      async (request, response) => {
        Query.read(request, []);
        const { releases } = promotion.context;
        const names = new Map((await releases.list()).map(({ digest, name }) => [digest, name]));
        const activations = (await releases.activations(PROMOTION_LIMITS.activations)).map((activation) => ({ ...activation, name: names.get(activation.digest) ?? "" }));
        response.json({ branch: promotion.context.target, tracking: promotion.tracker.tracking(), activations });
      },
    ],
  });
  return router;
}
