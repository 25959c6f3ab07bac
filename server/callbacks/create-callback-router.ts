import { createHash } from "node:crypto";
import express, { Router, type NextFunction, type Request, type Response } from "express";
import { parseWireJson } from "../adapters/parse-wire-json.ts";
import { problem } from "../problems/problem.ts";
import { applyCallback, type CallbackDeps } from "./apply-callback.ts";
import { verifyWebhook } from "./verify-webhook.ts";

/** Longest body of a callback. */
export const CALLBACK_BYTES_MAX = 1_048_576;

export interface CallbackRouterDeps extends CallbackDeps {
  /** `whsec_...` secrets of a target system, the new and the old one while they rotate; none: nothing is accepted. */
  readonly secretsFor: (targetSystem: string) => readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * `POST /callbacks/{targetSystem}`: how target systems tell us later. The signature covers the raw bytes, so nothing may
 * read the body before this router: mount it ahead of every JSON parser. Answers carry an outcome, never data of an order.
 *
 * 200 applied or known already · 202 kept for later or for a person · 401 not signed by that system · 409 id reused ·
 * 413 too large. Anything from 500 up means: not kept, send again.
 */
export function createCallbackRouter(deps: CallbackRouterDeps): Router {
  const router = Router();
  const rawBody = express.raw({ type: () => true, limit: CALLBACK_BYTES_MAX, inflate: false });

  async function receive(request: Request<{ targetSystem: string }>, response: Response, next: NextFunction): Promise<void> {
    try {
      await answer(request, response);
    } catch (error) {
      next(error);
    }
  }

  async function answer(request: Request<{ targetSystem: string }>, response: Response): Promise<void> {
    const { targetSystem } = request.params;
    const received: unknown = request.body;
    const raw = Buffer.isBuffer(received) ? received : Buffer.alloc(0);
    const nowMs = deps.now();
    const verified = verifyWebhook(request.headers, raw, deps.secretsFor(targetSystem), nowMs);
    if (!verified.ok) throw problem(verified.code);

    const body = parseWireJson(raw.toString("utf8"));
    if (body === undefined) throw problem("malformed-json");

    const outcome = await applyCallback(deps, {
      source: targetSystem,
      messageId: verified.messageId,
      receivedAt: new Date(nowMs).toISOString(),
      bodyHash: createHash("sha256").update(raw).digest("hex"),
      body,
    });
    if (outcome === "id-reused") throw problem("event-id-reused");
    response.status(outcome === "kept" ? 202 : 200).json({ outcome });
  }

  router.post("/callbacks/:targetSystem", rawBody, (request: Request<{ targetSystem: string }>, response, next) => {
    void receive(request, response, next);
  });
  return router;
}
