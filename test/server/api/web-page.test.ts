import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEdgeApp } from "./edge-app.ts";

const root = mkdtempSync(join(tmpdir(), "orderloom-web-"));
let app: Express;

beforeAll(async () => {
  mkdirSync(join(root, "assets"));
  writeFileSync(join(root, "index.html"), '<!doctype html><title>Orderloom</title><meta property="csp-nonce" nonce="ORDERLOOM_NONCE">');
  writeFileSync(join(root, "assets", "main-abc.js"), "export {};");
  writeFileSync(join(root, "assets", "simulate.worker-abc.js"), "export {};");
  writeFileSync(join(root, ".secret"), "x");
  app = (await createEdgeApp({ webRoot: root })).app;
});
afterAll(() => rmSync(root, { recursive: true }));

describe("the web page", () => {
  it.each(["/", "/operate/orders/ord-1", "/design/plan-template/home-fiber-add"])("%s is the application", async (path) => {
    const answer = await request(app).get(path).set("Accept", "text/html");
    expect(answer.text).toContain("Orderloom");
    expect(answer.headers["content-security-policy"]).toContain("script-src 'self'");
    expect(answer.headers["cache-control"]).toBe("no-cache");
  });

  it("allows style elements by the nonce of the answer, and nothing else that is inline", async () => {
    const answers = await Promise.all([1, 2].map(() => request(app).get("/design").set("Accept", "text/html")));
    const nonces = answers.map(({ text }) => /nonce="([^"]+)"/.exec(text)?.[1]);
    expect(nonces[0]).not.toBe(nonces[1]);
    for (const [index, { headers }] of answers.entries()) {
      const policy = headers["content-security-policy"] ?? "";
      expect(policy).toContain(`style-src 'self' 'nonce-${nonces[index]}'`);
      expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toContain("unsafe");
    }
  });

  it("is the newest build without a restart, and the one before while a build is under way", async () => {
    const titleOf = async (): Promise<string | undefined> => /<title>(.*)<\/title>/.exec((await request(app).get("/").set("Accept", "text/html")).text)?.[1];
    writeFileSync(join(root, "index.html"), "<!doctype html><title>Orderloom, built again</title>");
    utimesSync(join(root, "index.html"), new Date(0), new Date(1));
    expect(await titleOf()).toBe("Orderloom, built again");
    rmSync(join(root, "index.html"));
    expect(await titleOf()).toBe("Orderloom, built again");
  });

  it("only a worker's script may compile schemas", async () => {
    expect((await request(app).get("/assets/main-abc.js")).headers["content-security-policy"]).not.toContain("unsafe-eval");
    expect((await request(app).get("/assets/simulate.worker-abc.js")).headers["content-security-policy"]).toContain("'unsafe-eval'");
    expect((await request(app).get("/assets/main-abc.js")).headers["cache-control"]).toContain("immutable");
  });

  it.each(["/api/nothing", "/tmf-api/nothing", "/problems/nothing", "/assets/nothing.js", "/health/nothing"])("%s is a problem even to a browser", async (path) => {
    const answer = await request(app).get(path).set("Accept", "text/html");
    expect(answer.status).toBe(404);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });

  it.each(["/.secret", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/%00"])("28 %s leads to no file", async (path) => {
    const answer = await request(app).get(path).set("Accept", "application/json");
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });
});

describe("health", () => {
  it("tells live from ready, without a token", async () => {
    const detail = "The database does not answer.";
    const { app: waiting } = await createEdgeApp({ demo: null, readiness: () => Promise.resolve({ ready: false, checks: { database: { ok: false, detail } } }) });
    expect((await request(waiting).get("/health/live")).body).toEqual({ status: "up" });
    const ready = await request(waiting).get("/health/ready");
    expect({ status: ready.status, body: ready.body as unknown }).toEqual({ status: 503, body: { status: "not-ready", checks: { database: { ok: false, detail } } } });
  });
});
