import type { RequestHandler, Response } from "express";
import type { Actor } from "../../engine/order/inputs.ts";
import { problem } from "../problems/problem.ts";
import { requireRule } from "./action-rules.ts";
import { authorize, type Resource } from "./authorize.ts";
import type { TokenVerifier } from "./verify-token.ts";

/** Who acts when no token is sent; null means that a token is required. */
export interface AnonymousActors {
  readonly reads: Actor | null;
  readonly writes: Actor | null;
}

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;
const CHALLENGE = { headers: { "WWW-Authenticate": "Bearer" } } as const;

/** Finds out who asks. The token in `Authorization` is the only source: headers that name a user are not read. */
export function authenticate(verify: TokenVerifier, anonymous: AnonymousActors): RequestHandler {
  return async (request, response, next) => {
    const header = request.headers.authorization;
    if (header !== undefined) {
      const token = BEARER.exec(header)?.[1];
      if (token === undefined) throw problem("token-invalid", "Send Authorization: Bearer <token>.", CHALLENGE);
      response.locals["actor"] = await verify(token);
    } else {
      const actor = request.method === "GET" || request.method === "HEAD" ? anonymous.reads : anonymous.writes;
      if (actor === null) throw problem("token-missing", undefined, CHALLENGE);
      response.locals["actor"] = actor;
    }
    next();
  };
}

/** The actor of the request. Fails closed when a route forgot `authenticate`. */
export function actorOf(response: Response): Actor {
  const { actor } = response.locals as { readonly actor?: Actor };
  if (actor === undefined) throw problem("token-missing", undefined, CHALLENGE);
  return actor;
}

/** Lets an actor through who may ask for the action at all; `permit` then looks at the very resource. */
export function allow(action: string): RequestHandler {
  const rule = requireRule(action);
  return (_request, response, next) => {
    const decision = authorize(actorOf(response), rule);
    if (!decision.allowed) throw problem("forbidden", decision.reason);
    next();
  };
}

/** Throws unless the actor may do this to that: `not-found` for what must stay hidden, `forbidden` otherwise. */
export function permit(response: Response, action: string, resource: Resource): void {
  const decision = authorize(actorOf(response), requireRule(action), resource);
  if (decision.allowed) return;
  throw decision.hidden ? problem("not-found") : problem("forbidden", decision.reason);
}
