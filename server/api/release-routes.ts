import { Router, type RequestHandler } from "express";
import { bundleOf } from "../../engine/language/release-bundle.ts";
import { allow } from "../identity/authenticate.ts";
import { problem } from "../problems/problem.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import { pathParameter } from "./find-order.ts";
import { mount } from "./methods.ts";
import { Query } from "./query.ts";

const DIGEST = /^[0-9a-f]{64}$/;

/** `GET /api/releases` and `GET /api/releases/{digest}`. A release never changes, so its bundle may be kept for ever. */
export function releaseRoutes(releases: ReleaseLookup, authenticate: RequestHandler): Router {
  const router = Router();
  mount(router, "/api/releases", {
    get: [
      authenticate,
      allow("release.read"),
      async (request, response) => {
        Query.read(request, []);
        const active = releases.active()?.digest ?? null;
        const all = await releases.list();
        response.json({ active, releases: all.map((release) => ({ ...release, active: release.digest === active })) });
      },
    ],
  });
  mount(router, "/api/releases/:digest", {
    get: [
      authenticate,
      allow("release.read"),
      async (request, response) => {
        Query.read(request, []);
        const digest = pathParameter(request, "digest");
        const release = DIGEST.test(digest) ? await releases.byDigest(digest) : null;
        if (release === null) throw problem("not-found", "Take the digest from GET /api/releases.");
        response.set("Cache-Control", "private, max-age=31536000, immutable").json(bundleOf(release));
      },
    ],
  });
  return router;
}
