import { Router } from "express";
import { problem } from "./problem.ts";
import { isProblemCode, PROBLEM_CODES } from "./problem-codes.ts";

/** `GET /problems` and `GET /problems/{code}`: what the `type` of a refusal points to. Open to everyone. */
export function problemRoutes(): Router {
  const router = Router();
  router.get("/problems", (_request, response) => {
    response.json(Object.entries(PROBLEM_CODES).map(([code, kind]) => ({ type: `/problems/${code}`, code, ...kind })));
  });
  router.get("/problems/:code", (request, response) => {
    const { code } = request.params;
    if (!isProblemCode(code)) throw problem("not-found", "There is no such problem code; GET /problems lists them all.");
    response.json({ type: `/problems/${code}`, code, ...PROBLEM_CODES[code] });
  });
  return router;
}
