import { readFileSync } from "node:fs";
import request from "supertest";
import { describe, expect, it } from "vitest";
import { REJECTION_CODES, type RejectionCode } from "../../../engine/interpret/rejection-codes.ts";
import { bodyProblem, problem, problemBody } from "../../../server/problems/problem.ts";
import { isProblemCode, PROBLEM_CODES, type ProblemCode } from "../../../server/problems/problem-codes.ts";
import { PROBLEM_OF_REJECTION, rejectionProblem } from "../../../server/problems/rejection-problem.ts";
import { createEdgeApp } from "../api/edge-app.ts";

const codes = Object.keys(PROBLEM_CODES) as ProblemCode[];

describe("the closed list of problems", () => {
  it("is the one the README has, with the same status and category", () => {
    const readme = readFileSync(new URL("../../../server/problems/README.md", import.meta.url), "utf8");
    const listed = [...readme.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \| (\w+) \|/gm)].map(([, code, status, category]) => `${code} ${status} ${category}`);
    expect(listed).toEqual(codes.map((code) => `${code} ${PROBLEM_CODES[code].status} ${PROBLEM_CODES[code].category}`));
  });

  it.each(codes)("%s says what to do, in one sentence", (code) => {
    const { status, category, title, remedy } = PROBLEM_CODES[code];
    expect(remedy).toMatch(/^[A-Z].*\.$/);
    expect(title).not.toMatch(/\.$/);
    expect(category === "system").toBe(status >= 500 || code === "request-in-progress");
  });

  it("has a word for everything the engine refuses", () => {
    for (const code of Object.keys(REJECTION_CODES) as RejectionCode[]) {
      expect(isProblemCode(PROBLEM_OF_REJECTION[code])).toBe(true);
      expect(rejectionProblem({ code, message: "m" }).code).toBe(PROBLEM_OF_REJECTION[code]);
    }
  });

  it("is told to callers", async () => {
    const { app } = await createEdgeApp();
    expect((await request(app).get("/problems")).body).toHaveLength(codes.length);
    for (const code of codes) expect((await request(app).get(`/problems/${code}`)).body).toMatchObject({ code, type: `/problems/${code}`, ...PROBLEM_CODES[code] });
    expect((await request(app).get("/problems/constructor")).status).toBe(404);
  });
});

describe("a problem", () => {
  it("lists at most 20 errors", () => {
    const errors = Array.from({ length: 50 }, (_, index) => ({ code: "required" as const, pointer: `/${index}`, detail: "Add it." }));
    expect(problemBody(bodyProblem(errors), "/x").errors).toHaveLength(20);
  });

  it("has the one code all its errors share, otherwise invalid-body", () => {
    const at = (code: ProblemCode) => ({ code, pointer: "", detail: "" });
    expect(bodyProblem([at("invalid-date"), at("invalid-date")]).code).toBe("invalid-date");
    expect(bodyProblem([at("invalid-date"), at("required")]).code).toBe("invalid-body");
    expect(bodyProblem([at("required")]).code).toBe("invalid-body");
  });

  it("fits RFC 9457", () => {
    expect(problemBody(problem("not-found"), "/api/orders/1", "c-1")).toEqual({
      type: "/problems/not-found", title: "Not found", status: 404, detail: "Check the address and the id.", instance: "/api/orders/1",
      code: "not-found", category: "validation", correlationId: "c-1",
    });
  });

  it("carries the engine's details as places of the form", () => {
    const details = [{ path: "/fee", message: "must be a number" }];
    expect(rejectionProblem({ code: "form-invalid", message: "m", details }).extras.errors).toEqual([{ code: "form-invalid", pointer: "/form/fee", detail: "must be a number" }]);
  });
});
