import { Router, type Request, type RequestHandler, type Response } from "express";
import { msBetween } from "../../engine/support/instant.ts";
import { findDeadLetters, type DeadLetter } from "../flow/dead-letters.ts";
import { assignLetter, discardLetter, type LetterRequest, type LetterResult } from "../flow/handle-dead-letter.ts";
import { replayLetter, type ReplayDeps, type ReplayResult } from "../flow/replay-letter.ts";
import { actorOf, allow } from "../identity/authenticate.ts";
import { visibleRegions } from "../identity/authorize.ts";
import { problem } from "../problems/problem.ts";
import { pathParameter } from "./find-order.ts";
import { jsonBody } from "./json-body.ts";
import { mount } from "./methods.ts";
import { operationBody } from "./operation-body.ts";
import { setPageHeaders } from "./page-headers.ts";
import { Query } from "./query.ts";
import { runOperation, type OperationDependencies } from "./run-operation.ts";

export interface DeadLetterRoutesDependencies extends OperationDependencies {
  readonly letters: ReplayDeps;
  readonly authenticate: RequestHandler;
}

type Act = (deps: ReplayDeps, request: LetterRequest, body: { readonly [name: string]: string }) => Promise<LetterResult | ReplayResult>;

const PATH = "/api/dead-letters";
/** `owner` needs no reason: the log says who handed it to whom. */
const ASSIGNED = "assigned";

/** Messages that lie still until somebody decides about them (J6, J7). */
export function deadLetterRoutes(dependencies: DeadLetterRoutesDependencies): Router {
  const router = Router();
  const { authenticate } = dependencies;
  mount(router, PATH, { get: [authenticate, allow("dead-letter.read"), (request, response) => list(dependencies, request, response)] });
  const act = (verb: string, needs: string, perform: Act): void =>
    mount(router, `${PATH}/:id/${verb}`, { post: [authenticate, allow("dead-letter.handle"), ...jsonBody(), (request, response) => handle(dependencies, request, response, verb, needs, perform)] });
  act("replay", "reason", replayLetter);
  act("discard", "reason", ({ database }, request) => discardLetter(database, request));
  act("assign", "owner", ({ database }, request, body) => assignLetter(database, request, body["owner"] ?? ""));
  return router;
}

async function list({ letters, now }: DeadLetterRoutesDependencies, request: Request, response: Response): Promise<void> {
  const query = Query.read(request, ["state", "kind", "owner", "offset", "limit"]);
  const { offset, limit } = query.page();
  const page = await findDeadLetters(letters.database, {
    regions: visibleRegions(actorOf(response)),
    state: query.word("state", ["OPEN", "REPLAYED", "DISCARDED"]) ?? "OPEN",
    kind: query.word("kind", ["quarantined-input", "unmatched-result"]),
    owner: query.text("owner"),
    offset,
    limit,
  });
  setPageHeaders(response, PATH, query, { rows: page.rows.length, total: page.total });
  response.json({ deadLetters: page.rows.map((letter) => withAge(letter, now())), total: page.total, offset, limit });
}

async function handle(
  dependencies: DeadLetterRoutesDependencies, request: Request, response: Response, verb: string, needs: string, perform: Act,
): Promise<void> {
  const body = operationBody(response, [needs]);
  const letterId = pathParameter(request, "id");
  const regions = visibleRegions(actorOf(response));
  await runOperation(dependencies, request, response, {
    operation: `dead-letter.${verb} ${letterId}`,
    body,
    reason: body["reason"] ?? ASSIGNED,
    async perform(operation) {
      const result = await perform(dependencies.letters, { ...operation, letterId, regions }, body);
      if (result.outcome === "not-found") throw problem("not-found");
      if (result.outcome === "refused") throw problem("invalid-transition", result.why);
      return { ...withAge(result.letter, dependencies.now()), ...("result" in result ? { result: result.result } : {}) };
    },
  });
}

function withAge(letter: DeadLetter, now: string) {
  return { ...letter, ageSeconds: Math.max(0, Math.floor(msBetween(letter.openedAt, now) / 1_000)) };
}
