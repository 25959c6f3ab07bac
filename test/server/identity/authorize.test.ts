import request from "supertest";
import { describe, expect, it } from "vitest";
import { ACTION_RULES, requireRule, type Action } from "../../../server/identity/action-rules.ts";
import { allow } from "../../../server/identity/authenticate.ts";
import { authorize } from "../../../server/identity/authorize.ts";
import { checkDemoMode } from "../../../server/identity/check-demo-mode.ts";
import { PERSONAS } from "../../../server/identity/personas.ts";
import { PRODUCT_ORDER_PATH as PATH } from "../../../server/tmf/to-product-order.ts";
import { createEdgeApp } from "../api/edge-app.ts";
import { homeFiberOrder, type Mutable } from "../api/home-fiber-order.ts";

const actions = Object.keys(ACTION_RULES) as Action[];

describe("authorize", () => {
  it.each(actions)("%s is denied to whoever has no role for it", (action) => {
    expect(authorize({ id: "x", roles: [], regions: ["*"] }, action).allowed).toBe(false);
    expect(authorize({ id: "x", roles: ["nonsense", "toString"], regions: ["*"] }, action).allowed).toBe(false);
  });

  it("a route without a rule ends the start", () => {
    expect(() => allow("order.delete")).toThrow("action-rules.ts");
    expect(() => requireRule("toString")).toThrow("action-rules.ts");
  });

  it("every role of a rule belongs to a persona or is known from the seeds", () => {
    const known = new Set([...Object.values(PERSONAS).flatMap(({ roles }) => [...roles] as string[]), "partner"]);
    expect(actions.flatMap((action) => ACTION_RULES[action].filter((role) => !known.has(role)))).toEqual([]);
  });

  it("work asks for its own role in addition", () => {
    const fitter = { id: "f", roles: ["fitter"], regions: ["*"] };
    expect(authorize(fitter, "task.complete", { region: null, role: "fitter" }).allowed).toBe(true);
    expect(authorize(fitter, "task.complete", { region: null, role: "restricted-operations" })).toMatchObject({ allowed: false, hidden: false });
  });

  it("an auditor changes nothing", () => {
    const auditor = { id: "a", roles: ["auditor"], regions: ["*"] };
    const allowed = actions.filter((action) => authorize(auditor, action).allowed);
    expect(allowed).toEqual(expect.arrayContaining(["order.read", "order.history", "approval.read", "case.read"]));
    expect(allowed.filter((action) => !/\.(read|history|stuck|report|export)$/.test(action))).toEqual([]);
  });
});

describe("regions", () => {
  it("25 an order of another region looks like one that does not exist", async () => {
    const edge = await createEdgeApp();
    const { body } = await request(edge.app).post(PATH).send(homeFiberOrder("SG", (order) => (order["region"] = "SG")));
    const id = String((body as Mutable)["id"]);
    const support = `Bearer ${await edge.tokenOf("support")}`;
    for (const path of [`/api/orders/${id}`, `/api/orders/${id}/history`, `/api/orders/${id}/explain`, `${PATH}/${id}`]) {
      const there = await request(edge.app).get(path).set("Authorization", support);
      const nowhere = await request(edge.app).get(path.replace(id, "ord-none")).set("Authorization", support);
      expect(there.status).toBe(404);
      const comparable = (answer: Mutable) => ({ ...answer, instance: "", correlationId: "" });
      expect(comparable(there.body as Mutable)).toEqual(comparable(nowhere.body as Mutable));
    }
    const write = await request(edge.app).post(`/api/orders/${id}/items/1/resume`).set("Authorization", support).set("Idempotency-Key", '"k"').send({ reason: "x" });
    expect(write.status).toBe(404);
    const list = await request(edge.app).get("/api/orders").set("Authorization", support);
    expect((list.body as Mutable)["total"]).toBe(0);
  });

  it("a role that may not ask gets 403 with what it needs", async () => {
    const edge = await createEdgeApp();
    const { body } = await request(edge.app).post(PATH).send(homeFiberOrder("A"));
    const answer = await request(edge.app)
      .post(`/api/orders/${String((body as Mutable)["id"])}/items/1/resume`)
      .set({ "Authorization": `Bearer ${await edge.tokenOf("channel")}`, "Idempotency-Key": '"k"' })
      .send({ reason: "x" });
    expect(answer.status).toBe(403);
    expect((answer.body as Mutable)["detail"]).toContain("care-lead");
  });
});

describe("97 the demo starts only where it is safe", () => {
  const flags = [true, false];
  const hosts = ["127.0.0.1", "::1", "localhost", "0.0.0.0", "10.0.0.5", "::"];
  const matrix = flags.flatMap((demo) => flags.flatMap((production) => flags.flatMap((issuerConfigured) => hosts.map((host) => ({ demo, production, issuerConfigured, host })))));

  it.each(matrix)("demo $demo, production $production, issuer $issuerConfigured, $host", (settings) => {
    const safe = settings.demo
      ? !settings.production && !settings.issuerConfigured && ["127.0.0.1", "::1", "localhost"].includes(settings.host)
      : settings.issuerConfigured;
    expect(checkDemoMode(settings) === null).toBe(safe);
  });
});
