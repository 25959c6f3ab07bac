import { Router, type RequestHandler } from "express";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import type { CommitFile } from "../git/repository.ts";
import type { Json } from "../../engine/support/json.ts";
import { allow } from "../identity/authenticate.ts";
import { problem } from "../problems/problem.ts";
import { liveFiles } from "../promotion/promotion-context.ts";
import type { Promotion } from "../promotion/start-promotion.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";
import { mount } from "./methods.ts";
import { Query } from "./query.ts";

/** The files drafts begin with. */
export interface LiveDefinitions {
  readonly release: { readonly name: string; readonly digest: string };
  /** The commit of the target branch; null where there is no repository, and so no drafts. */
  readonly commit: string | null;
  readonly branch: string | null;
  /** Definitions, scenarios and the pictures of plans, with their canonical texts. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** `GET /api/definitions`: what is live, as files. */
export function definitionRoutes(releases: ReleaseLookup, promotion: Promotion | null, authenticate: RequestHandler): Router {
  const router = Router();
  mount(router, "/api/definitions", {
    get: [
      authenticate,
      allow("release.read"),
      async (request, response) => {
        Query.read(request, []);
        response.set("Cache-Control", "no-store").json(await readLive(releases, promotion));
      },
    ],
  });
  return router;
}

async function readLive(releases: ReleaseLookup, promotion: Promotion | null): Promise<LiveDefinitions> {
  const active = releases.active();
  if (active === null) throw problem("release-missing", "No release is live yet.");
  const release = { name: active.name, digest: active.digest };
  if (promotion === null) {
    const files = active.definitions.map((definition): CommitFile => ({ path: `${definition.kind}/${definition.key}.json`, text: formatDefinition(definition as unknown as Json) }));
    return { release, commit: null, branch: null, files };
  }
  const { commit } = await liveFiles(promotion.context);
  return { release, commit, branch: promotion.context.target, files: await promotion.context.repository.texts(commit) };
}
