import { Router, type Request, type RequestHandler, type Response } from "express";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { actorOf, allow } from "../identity/authenticate.ts";
import { visibleRegions } from "../identity/authorize.ts";
import { viewReview, type ReviewPage } from "../promotion/review-page.ts";
import { addComment, approveChange, requestChanges, resolveComment, submitDraft } from "../promotion/reviews.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { bodyObject, optionalText, refuse, requiredText } from "./command-body.ts";
import { change, type PromotionRoutesDependencies } from "./draft-routes.ts";
import { pathParameter } from "./find-order.ts";
import { jsonBody } from "./json-body.ts";
import { mount } from "./methods.ts";
import { Query } from "./query.ts";

type Step = (body: JsonObject, request: Request, response: Response) => Promise<void>;

/** Review of a draft: submit, comment, approve, request changes. A decision names the commit it is about. */
export function reviewRoutes(dependencies: PromotionRoutesDependencies): Router {
  const router = Router();
  const { authenticate, promotion: { context, desk } } = dependencies;
  const post = (path: string, action: string, step: Step): void => {
    const handler: RequestHandler = (request, response) => step(bodyObject(response), request, response);
    mount(router, `/api/drafts/:name/${path}`, { post: [authenticate, allow(action), ...jsonBody(), handler] });
  };

  mount(router, "/api/drafts/:name/review", {
    get: [
      authenticate,
      allow("definition.read"),
      async (request, response) => {
        Query.read(request, []);
        response.set("Cache-Control", "no-store").json(forRegions(await viewReview(context, desk, pathParameter(request, "name")), visibleRegions(actorOf(response))));
      },
    ],
  });
  post("submit", "definition.draft", (body, request, response) => {
    const submission = { commit: requiredText(body, "commit"), title: requiredText(body, "title"), reason: requiredText(body, "reason"), migrated: readNames(body) };
    return change(dependencies, request, response, "submit", submission.reason, (name, doing) => submitDraft(context, name, submission, doing));
  });
  post("approve", "definition.approve", (body, request, response) => {
    const [commit, reason] = [requiredText(body, "commit"), optionalText(body, "reason") ?? ""];
    return change(dependencies, request, response, "approve", reason, (name, { at }) => approveChange(context, name, commit, reason, actorOf(response), at));
  });
  post("request-changes", "definition.approve", (body, request, response) => {
    const [commit, reason] = [requiredText(body, "commit"), requiredText(body, "reason")];
    return change(dependencies, request, response, "request-changes", reason, (name, doing) => requestChanges(context, name, commit, reason, doing));
  });
  post("comments", "definition.comment", (body, request, response) => {
    const [text, anchor] = [requiredText(body, "text"), readAnchor(body)];
    return change(dependencies, request, response, "comment", text, (name, doing) => addComment(context, name, text, anchor, doing));
  });
  post("comments/:number/resolve", "definition.comment", (body, request, response) => {
    const reason = optionalText(body, "reason") ?? "";
    const number = Number(request.params["number"]);
    return change(dependencies, request, response, `resolve ${number}`, reason, (name, doing) => resolveComment(context, name, number, reason, doing));
  });
  return router;
}

/** The page without the orders it gives as samples, unless the reader may see the orders of every region. */
function forRegions(page: ReviewPage, regions: readonly string[] | null): Json {
  const withSamples = regions === null;
  return JSON.parse(JSON.stringify(page, (name, value: unknown) => (name === "sampleOrderIds" && !withSamples ? [] : value))) as Json;
}

/** `kind/key` of definitions, each once. */
function readNames(body: JsonObject): readonly string[] {
  const { migrated = [] } = body;
  const names = Array.isArray(migrated) ? (migrated as readonly Json[]) : [null];
  if (names.length > SERVER_LIMITS.pageMax || !names.every((name) => typeof name === "string" && /^[a-z-]+\/[A-Za-z0-9._-]{1,128}$/.test(name))) {
    throw refuse("migrated", "invalid-value", "Send a list of definitions as kind/key, or leave it out.");
  }
  return names as readonly string[];
}

/** What a comment is about: a definition, and a place in it. */
function readAnchor(body: JsonObject): Json {
  const { anchor } = body;
  if (anchor === undefined || anchor === null) return null;
  if (!isJsonObject(anchor)) throw refuse("anchor", "invalid-value", "Send kind and key of a definition, and a JSON Pointer as path, or leave the anchor out.");
  return { kind: requiredText(anchor, "kind"), key: requiredText(anchor, "key"), path: optionalText(anchor, "path") ?? "" };
}
