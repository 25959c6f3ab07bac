import { Router } from "express";
import { isJsonObject } from "../../engine/support/json.ts";
import { jsonBody, readBody } from "../api/json-body.ts";
import { problem } from "../problems/problem.ts";
import type { DemoIssuer } from "./demo-issuer.ts";
import { isPersonaName, PERSONAS } from "./personas.ts";

/** `GET /demo/personas` and `POST /demo/token {persona}`. Mounted in demo mode only. */
export function demoRoutes(issuer: DemoIssuer): Router {
  const router = Router();
  router.get("/demo/personas", (_request, response) => {
    response.json(Object.entries(PERSONAS).map(([persona, description]) => ({ persona, ...description })));
  });
  router.post("/demo/token", ...jsonBody(), async (_request, response) => {
    const body = readBody(response);
    const persona = isJsonObject(body) ? body["persona"] : undefined;
    if (typeof persona !== "string" || !isPersonaName(persona)) {
      const detail = `Choose one of the personas ${Object.keys(PERSONAS).join(", ")}.`;
      throw problem("invalid-body", detail, { errors: [{ code: "invalid-value", pointer: "/persona", detail }] });
    }
    const { token, expiresAt } = await issuer.issue(persona);
    response.set("Cache-Control", "no-store").json({ token, tokenType: "Bearer", persona, expiresAt });
  });
  return router;
}
