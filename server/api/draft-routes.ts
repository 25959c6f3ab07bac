import { Router, type Request, type RequestHandler, type Response } from "express";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { requireCommit } from "../git/ref-names.ts";
import { allow } from "../identity/authenticate.ts";
import { bodyProblem } from "../problems/problem.ts";
import { createDraft, renameDraft, saveDraft, withdrawDraft, type SavedFile } from "../promotion/drafts.ts";
import type { ConflictSide } from "../promotion/merge-live.ts";
import { listChanges, viewChange } from "../promotion/change-view.ts";
import { OPEN_STATES, type ChangeSetState } from "../promotion/change-set.ts";
import { findChangeSet } from "../promotion/promotion-context.ts";
import { PROMOTION_LIMITS } from "../promotion/promotion-limits.ts";
import type { Promotion } from "../promotion/start-promotion.ts";
import { updateDraft, type ConflictChoices } from "../promotion/update-draft.ts";
import { bodyObject, optionalObject, optionalText, refuse, requiredText } from "./command-body.ts";
import { pathParameter } from "./find-order.ts";
import { jsonBody } from "./json-body.ts";
import { mount } from "./methods.ts";
import { setPageHeaders } from "./page-headers.ts";
import { Query } from "./query.ts";
import { runOperation, type OperationDependencies } from "./run-operation.ts";

export interface PromotionRoutesDependencies extends OperationDependencies {
  readonly promotion: Promotion;
  readonly authenticate: RequestHandler;
}

const STATES: { readonly [word: string]: readonly ChangeSetState[] } = {
  open: OPEN_STATES, draft: ["DRAFT"], submitted: ["SUBMITTED"], approved: ["APPROVED"], promoted: ["PROMOTED"], superseded: ["SUPERSEDED"], withdrawn: ["WITHDRAWN"],
};

/** Drafts of definitions: begin, read, save, withdraw (A21). */
export function draftRoutes(dependencies: PromotionRoutesDependencies): Router {
  const router = Router();
  const { authenticate, promotion: { context, openChanges } } = dependencies;
  const read = (path: string, answer: RequestHandler): void => mount(router, path, { get: [authenticate, allow("definition.read"), answer] });

  mount(router, "/api/drafts", {
    get: [
      authenticate,
      allow("definition.read"),
      async (request, response) => {
        const query = Query.read(request, ["state", "author", "offset", "limit"]);
        const state = query.word("state", Object.keys(STATES));
        const page = query.page();
        const found = await listChanges(context, { states: state === undefined ? undefined : STATES[state], author: query.text("author"), ...page });
        setPageHeaders(response, "/api/drafts", query, { rows: found.drafts.length, total: found.total });
        response.json({ ...found, ...page });
      },
    ],
    post: [authenticate, allow("definition.draft"), ...jsonBody(), (request, response) => begin(dependencies, request, response)],
  });
  read("/api/drafts/:name", async (request, response) => {
    Query.read(request, []);
    response.json(await viewChange(context, pathParameter(request, "name")));
  });
  mount(router, "/api/drafts/:name/files", {
    get: [
      authenticate,
      allow("definition.read"),
      async (request, response) => {
        const given = Query.read(request, ["commit"]).text("commit");
        const { head, changeSet } = await findChangeSet(context, pathParameter(request, "name"));
        const commit = given === undefined ? (head ?? changeSet.reviewedCommit ?? "") : requireCommit(given);
        response.json({ head, commit, files: await context.repository.texts(commit) });
      },
    ],
    post: [authenticate, allow("definition.draft"), ...jsonBody(PROMOTION_LIMITS.saveBytes), (request, response) => save(dependencies, request, response)],
  });
  mount(router, "/api/drafts/:name/update", {
    post: [authenticate, allow("definition.draft"), ...jsonBody(), (request, response) => {
      const body = bodyObject(response);
      const [expectedHead, choices] = [requireCommit(requiredText(body, "expectedHead")), readChoices(body)];
      return change(dependencies, request, response, "update", "", (name, doing) => updateDraft(context, name, expectedHead, choices, doing));
    }],
  });
  mount(router, "/api/drafts/:name/title", {
    post: [authenticate, allow("definition.draft"), ...jsonBody(), (request, response) => {
      const title = requiredText(bodyObject(response), "title");
      return change(dependencies, request, response, "rename", title, (name, doing) => renameDraft(context, name, title, doing));
    }],
  });
  read("/api/open-changes", async (request, response) => {
    Query.read(request, []);
    response.set("Cache-Control", "no-store").json(await openChanges());
  });
  mount(router, "/api/drafts/:name/withdraw", {
    post: [authenticate, allow("definition.draft"), ...jsonBody(), (request, response) => {
      const reason = requiredText(bodyObject(response), "reason");
      return change(dependencies, request, response, "withdraw", reason, (name, doing) => withdrawDraft(context, name, reason, doing));
    }],
  });
  return router;
}

/** Runs an operation on the draft that the path names, and answers with the draft. */
export async function change(
  dependencies: PromotionRoutesDependencies, request: Request, response: Response, what: string, reason: string,
  perform: (name: string, doing: { readonly actor: string; readonly at: string }) => Promise<void>,
): Promise<void> {
  const name = pathParameter(request, "name");
  await runOperation(dependencies, request, response, {
    operation: `draft.${what} ${name}`, body: bodyObject(response), reason,
    async perform(operation) {
      await perform(name, operation);
      return (await viewChange(dependencies.promotion.context, name)) as unknown as Json;
    },
  });
}

async function begin(dependencies: PromotionRoutesDependencies, request: Request, response: Response): Promise<void> {
  const { context } = dependencies.promotion;
  const body = bodyObject(response);
  const name = requiredText(body, "name");
  const title = optionalText(body, "title") ?? name;
  await runOperation(dependencies, request, response, {
    operation: "draft.create", body, reason: title, status: 201,
    async perform(operation) {
      await createDraft(context, name, title, operation);
      return (await viewChange(context, name)) as unknown as Json;
    },
  });
}

async function save(dependencies: PromotionRoutesDependencies, request: Request, response: Response): Promise<void> {
  const body = bodyObject(response);
  const name = pathParameter(request, "name");
  const files = readFiles(body);
  const expectedHead = requireCommit(requiredText(body, "expectedHead"));
  const message = optionalText(body, "message");
  await runOperation(dependencies, request, response, {
    operation: `draft.save ${name}`, body, reason: message ?? "",
    perform: async (operation) => (await saveDraft(dependencies.promotion.context, name, expectedHead, files, message, operation)) as unknown as Json,
  });
}

function readChoices(body: JsonObject): ConflictChoices {
  const sides = optionalObject(body, "choices");
  const byId = Object.fromEntries(Object.entries(sides).map(([id, side]) => [id, sideOf(side ?? null, "choices")]));
  return { byId, otherwise: body["otherwise"] === undefined ? null : sideOf(body["otherwise"], "otherwise") };
}

function sideOf(value: Json, name: string): ConflictSide {
  if (value !== "draft" && value !== "live") throw refuse(name, "invalid-value", "Decide for draft or live.");
  return value;
}

function readFiles(body: JsonObject): readonly SavedFile[] {
  const { files } = body;
  if (!Array.isArray(files)) throw refuse("files", files === undefined ? "required" : "invalid-value", "Send a list of files.");
  const list = files as readonly Json[];
  if (list.length > PROMOTION_LIMITS.savedFiles) throw refuse("files", "invalid-value", `Send at most ${PROMOTION_LIMITS.savedFiles} files.`);
  return list.map((file, index) => {
    const { path, text } = isJsonObject(file) ? file : {};
    if (typeof path !== "string" || (typeof text !== "string" && text !== null)) {
      throw bodyProblem([{ code: "invalid-value", pointer: `/files/${index}`, detail: "Send path and text; a text of null takes the file away." }]);
    }
    return { path, text };
  });
}

