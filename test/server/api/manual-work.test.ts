import request from "supertest";
import { beforeEach, expect, it } from "vitest";
import type { Order } from "../../../engine/order/order.ts";
import type { PlannedTask } from "../../../engine/order/plan.ts";
import type { Task } from "../../../engine/order/task.ts";
import { PRODUCT_ORDER_PATH as PATH } from "../../../server/tmf/to-product-order.ts";
import { createEdgeApp, NOW, type EdgeApp } from "./edge-app.ts";
import { homeFiberOrder, type Mutable } from "./home-fiber-order.ts";

let edge: EdgeApp;
let orderId: string;

/** An order whose one task waits for a person in the role `restricted-operations`. */
beforeEach(async () => {
  edge = await createEdgeApp();
  const { body } = await request(edge.app).post(PATH).send(homeFiberOrder("M"));
  orderId = String((body as Mutable)["id"]);
  const planned: PlannedTask = {
    id: `${orderId}/p1/1/ship~2`, key: "ship~2", itemId: "1", type: "ship-device", title: "Ship", mandatory: true, depth: 0, orderVersion: 1, with: {}, edges: [],
    source: { by: "template", template: "home-fiber-add", task: 0 }, excluded: null, pointOfNoReturn: "none", omittedEdges: [],
  };
  const task: Task = {
    id: planned.id, unmetEdges: [], attempts: 1, queries: 0, effect: "POSSIBLE", unanswered: false, with: {}, alternatives: 0, requestRevision: 1, requestAttempt: 1, inputs: {}, request: {}, idempotencyKey: "k",
    locks: [], locked: false, readyAt: NOW, startedAt: NOW, clockAt: NOW, sentAt: NOW, finishedAt: null, outputs: {}, lastFailure: null, timers: {},
    state: "AWAITING_MANUAL_ACTION", since: NOW, manual: { cause: "FALLOUT", manualTask: "find-out-outcome", queue: "unknowns", role: "restricted-operations", dueAt: null, claimedBy: null, escalations: [] },
  };
  const plan = { id: `${orderId}/p1`, number: 1, state: "BLOCKED" as const, openTasks: 1, failedTasks: 0, createdAt: NOW, graph: { tasks: [planned], milestones: [] } };
  edge.orders.set(orderId, { ...(edge.orders.get(orderId) as Order), state: "IN_PROGRESS", plan, tasks: [task] });
});

const complete = async (persona: "support" | "restricted-operations" | "admin", body: Mutable) =>
  request(edge.app)
    .post(`/api/orders/${orderId}/tasks/1/ship~2/complete`)
    .set({ "Authorization": `Bearer ${await edge.tokenOf(persona)}`, "Idempotency-Key": '"k"' })
    .send(body);

it("32 work asks for the role of its manual task", async () => {
  const refused = await complete("support", { outcome: "SUCCEEDED" });
  expect({ status: refused.status, code: (refused.body as Mutable)["code"] }).toEqual({ status: 403, code: "forbidden" });
  expect((refused.body as Mutable)["detail"]).toContain("restricted-operations");
  expect((await complete("restricted-operations", { outcome: "SUCCEEDED", evidence: { trackingId: "T" } })).status).toBe(200);
  expect(edge.inputs.at(-1)).toMatchObject({
    type: "CompleteManualTask", taskId: `${orderId}/p1/1/ship~2`, outcome: "SUCCEEDED", form: {}, evidence: { trackingId: "T" },
    actor: { id: "restricted-operations", roles: ["restricted-operations"] }, at: NOW,
  });
});

it("34 completing without evidence", async () => {
  edge.script.results.push({ outcome: "rejected", rejection: { code: "evidence-invalid", message: "m", details: [{ path: "/trackingId", message: "is missing" }] } });
  const answer = await complete("admin", { outcome: "SUCCEEDED" });
  expect({ status: answer.status, code: (answer.body as Mutable)["code"] }).toEqual({ status: 422, code: "repair-evidence-missing" });
});

it("34 completing with evidence that proves nothing names the place", async () => {
  edge.script.results.push({ outcome: "rejected", rejection: { code: "evidence-invalid", message: "m", details: [{ path: "/trackingId", message: "is missing" }] } });
  expect((await complete("admin", { outcome: "SUCCEEDED", evidence: {} })).body).toMatchObject({ code: "evidence-invalid", errors: [{ pointer: "/evidence/trackingId" }] });
});

it("shows who must act", async () => {
  const { body } = await request(edge.app).get(`/api/orders/${orderId}`);
  expect(body).toMatchObject({
    currentBlockingStep: "1/ship~2", providerActionRequired: true, customerActionRequired: false, waitsFor: "person",
    estimatedNextAction: { action: 'Work on "Ship" in the queue unknowns.', step: "1/ship~2" },
    steps: [{ id: "1/ship~2", state: "AWAITING_MANUAL_ACTION", targetSystem: expect.any(String) as string, manual: { role: "restricted-operations" } }],
  });
});
