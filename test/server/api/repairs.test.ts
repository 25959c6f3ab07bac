import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forEachDatabase } from "../../support/database.ts";
import { createRepairDesk, DONE, FAILED, LOST, type RepairDesk, type Reply } from "./repair-desk.ts";
import type { Mutable } from "./home-fiber-order.ts";


/** What a repair brings along when a test is not about what it lacks. */
const said = { reason: "Seen in the portal", evidence: { reference: "T-1" }, customerImpact: "none", financialImpact: "none" };

const answer = ({ status, body }: Reply) => ({ status, code: body["code"] });

forEachDatabase((_name, open) => {
  let desk: RepairDesk;
  let path: string;
  let ids = 0;

  beforeEach(async () => {
    desk = await createRepairDesk((await open()).database);
    path = `/api/orders/R${(ids += 1)}`;
  });
  afterEach(() => desk.close());

  const orderId = () => path.split("/").at(-1) ?? "";
  const repair = (persona: Parameters<RepairDesk["post"]>[1], body: Mutable, key?: string) => desk.post(`${path}/repairs`, persona, body, key);
  const decide = (persona: Parameters<RepairDesk["post"]>[1], number: number, body: Mutable = {}) =>
    desk.post(`${path}/approvals/${number}/decision`, persona, { approve: true, reason: "looked at it", ...body });
  async function hashOf(number: number): Promise<string> {
    const { body } = await desk.get(`${path}/approvals`, "auditor");
    return (body["approvals"] as { number: number; stateHash: string }[]).find((approval) => approval.number === number)?.stateHash ?? "";
  }

  describe("repairs over HTTP", () => {
    it("a waiver waits for its approval, is shown to the approver, and takes effect when it is given", async () => {
      await desk.begin(orderId(), { work: FAILED });
      const asked = await repair("support-lead", { action: "WAIVE", taskId: "1/work", ...said }, "w");
      expect(asked).toMatchObject({ status: 200, body: { repair: { outcome: "awaiting-approval" }, approval: { number: 1, role: "operations-approver", state: "PENDING" }, task: { state: "AWAITING_MANUAL_ACTION" } } });
      expect((await repair("support-lead", { action: "WAIVE", taskId: "1/work", ...said }, "w")).body, "a repeat is the same answer").toEqual(asked.body);
      expect((await desk.get(`${path}/approvals?state=PENDING`, "operations-approver")).body).toMatchObject({ approvals: [{ number: 1, current: true, requestedBy: "support-lead" }] });

      const given = await decide("operations-approver", 1, { stateHash: await hashOf(1) });
      expect(given).toMatchObject({ status: 200, body: { approval: { state: "CONSUMED", decidedBy: "operations-approver" } } });
      expect((await desk.order(orderId())).tasks.find(({ id }) => id.endsWith("/work"))).toMatchObject({ state: "WAIVED_BY_AUTHORIZED_USER", by: "support-lead" });
      const { body } = await desk.get(`${path}/history`, "auditor");
      const events = (body["entries"] as { events: Mutable[] }[]).flatMap((entry) => entry.events);
      expect(events.find(({ type }) => type === "RepairApplied")).toMatchObject({ by: "support-lead", authority: { row: "waive-other" }, approvalId: `${orderId()}/approval/1`, repair: said });
    });

    it("a repair that needs nobody is applied at once", async () => {
      await desk.begin(orderId(), { work: FAILED });
      const reassigned = await repair("support-lead", { action: "REASSIGN", taskId: "1/work", reason: "theirs", values: { queue: "network" } });
      expect(reassigned).toMatchObject({ status: 200, body: { repair: { action: "REASSIGN", outcome: "applied" }, task: { manual: { queue: "network" } } } });
    });

    it("31 a waiver without reason, evidence or impact", async () => {
      await desk.begin(orderId(), { work: FAILED });
      for (const missing of ["reason", "evidence", "customerImpact", "financialImpact"]) {
        const refused = await repair("support-lead", { action: "WAIVE", taskId: "1/work", ...said, [missing]: null });
        expect(answer(refused)).toEqual({ status: 422, code: "repair-evidence-missing" });
        expect(refused.body["errors"]).toMatchObject([{ pointer: `/${missing}` }]);
      }
      expect((await desk.order(orderId())).approvals).toEqual([]);
    });

    it("32 a waiver of a charge by operations; by who asked for it; with a spent approval", async () => {
      await desk.begin(orderId(), { work: DONE, "bill.start.monthly": FAILED });
      const charge = "1/bill.start.monthly";
      expect(answer(await repair("support-lead", { action: "WAIVE", taskId: charge, ...said }))).toEqual({ status: 403, code: "forbidden" });
      expect((await repair("finance-operations", { action: "WAIVE", taskId: charge, ...said, amount: 1 })).body).toMatchObject({ approval: { role: "finance-approver" } });
      const stateHash = await hashOf(1);
      expect(answer(await decide("finance-operations", 1, { stateHash }))).toEqual({ status: 403, code: "four-eyes" });
      expect(answer(await decide("operations-approver", 1, { stateHash }))).toEqual({ status: 403, code: "forbidden" });
      expect((await decide("finance-approver", 1, { stateHash })).status).toBe(200);
      expect(answer(await decide("finance-approver", 1, { stateHash }))).toEqual({ status: 409, code: "approval-consumed" });
    });

    it("an approval of another state is stale; one that does not exist is not found", async () => {
      await desk.begin(orderId(), { work: FAILED });
      await repair("support-lead", { action: "WAIVE", taskId: "1/work", ...said });
      expect(answer(await decide("operations-approver", 1, { stateHash: "0" }))).toEqual({ status: 409, code: "approval-stale" });
      const stateHash = await hashOf(1);
      await repair("support-lead", { action: "REASSIGN", taskId: "1/work", reason: "theirs", values: { queue: "network" } });
      expect((await desk.get(`${path}/approvals`, "auditor")).body).toMatchObject({ approvals: [{ current: false }] });
      expect(answer(await decide("operations-approver", 1, { stateHash }))).toEqual({ status: 409, code: "approval-stale" });
      expect(answer(await decide("operations-approver", 9, { stateHash }))).toEqual({ status: 404, code: "not-found" });
    });

    it("33 a retry of a task whose outcome is unknown, by either door", async () => {
      await desk.begin(orderId(), { blind: LOST });
      expect(answer(await repair("operator", { action: "RETRY", taskId: "1/blind", reason: "again" }))).toEqual({ status: 409, code: "reconcile-first" });
      expect(answer(await desk.post(`${path}/tasks/1/blind/retry`, "operator", { reason: "again" }))).toEqual({ status: 409, code: "reconcile-first" });
      expect(answer(await desk.post(`${path}/tasks/1/blind/retry`, "billing-operations", { reason: "again" }))).toEqual({ status: 403, code: "forbidden" });
    });

    it("34 marking done without an external reference", async () => {
      await desk.begin(orderId(), { blind: LOST });
      const body = { action: "MARK_RECONCILED", taskId: "1/blind", ...said };
      expect(answer(await repair("restricted-operations", { ...body, evidence: {} }))).toEqual({ status: 422, code: "repair-evidence-missing" });
      const unproven = await repair("restricted-operations", { ...body, evidence: { note: "trust me" } });
      expect(answer(unproven)).toEqual({ status: 422, code: "evidence-invalid" });
      expect((await repair("restricted-operations", body)).body).toMatchObject({ approval: { role: "operations-approver" } });
      await decide("operations-approver", 1, { stateHash: await hashOf(1) });
      expect((await desk.order(orderId())).tasks.find(({ id }) => id.endsWith("/blind"))).toMatchObject({ state: "SUCCEEDED", via: "person", evidence: said.evidence });
    });

    it("35 work is undone once: a second request while the compensation runs", async () => {
      await desk.begin(orderId(), { reserve: DONE });
      const undo = { action: "COMPENSATE", taskId: "1/reserve", ...said, amount: 10 };
      expect((await repair("support-lead", undo)).body).toMatchObject({ repair: { outcome: "applied" } });
      expect(answer(await repair("support-lead", undo))).toEqual({ status: 409, code: "invalid-transition" });
      await desk.report(orderId(), "undo.reserve", DONE);
      expect((await desk.order(orderId())).compensations).toMatchObject([{ state: "COMPENSATED" }]);
    });

    it("what is sent is checked for its shape", async () => {
      await desk.begin(orderId(), { work: FAILED });
      for (const [body, pointer] of [[{ action: "REPAIR_IT" }, "/action"], [{ action: "WAIVE", amount: -1 }, "/amount"], [{ action: "WAIVE", values: [] }, "/values"], [{ action: "WAIVE", reason: 7 }, "/reason"], [{}, "/action"]] as const) {
        expect((await repair("support-lead", body)).body).toMatchObject({ status: 400, errors: [{ pointer }] });
      }
      expect(answer(await repair("support-lead", { action: "REASSIGN", taskId: "1/work", reason: "r" }))).toEqual({ status: 422, code: "repair-values-invalid" });
      expect(answer(await repair("support-lead", { action: "WAIVE", taskId: "1/nobody", ...said }))).toEqual({ status: 404, code: "task-not-found" });
      expect((await decide("operations-approver", 1, { approve: "yes", stateHash: "0" })).status).toBe(400);
    });

    it("needs someone who may ask at all, of a region of theirs", async () => {
      await desk.begin(orderId(), { work: FAILED }, { region: "SG" });
      expect((await repair("channel", { action: "WAIVE", taskId: "1/work", ...said })).status).toBe(403);
      expect((await repair("support", { action: "RETRY", taskId: "1/work", reason: "r" })).status).toBe(404);
      expect((await decide("auditor", 1, { stateHash: "0" })).status).toBe(403);
    });
  });

  describe("manual work over HTTP", () => {
    it("is listed, claimed by the first, given back, and finished", async () => {
      await desk.begin(orderId(), { work: FAILED });
      const sign = `${path}/tasks/1/sign`;
      const listed = await desk.get("/api/manual-tasks?role=care-lead", "care-lead");
      expect(listed.body).toMatchObject({ total: 1, manualTasks: [{ productOrderId: orderId(), id: "1/sign", queue: "desk-ID", role: "care-lead", claimedBy: null, overdue: false, outcomes: [{ key: "APPROVED" }, {}, {}, {}] }] });
      expect(answer(await desk.post(`${sign}/claim`, "support", {}))).toEqual({ status: 403, code: "forbidden" });
      expect((await desk.post(`${sign}/claim`, "care-lead", {})).body).toMatchObject({ task: { manual: { claimedBy: "care-lead" } } });
      expect((await desk.get("/api/manual-tasks?claimedBy=care-lead", "care-lead")).body).toMatchObject({ total: 1 });
      expect((await desk.get("/api/manual-tasks?claimed=false", "care-lead")).body).toMatchObject({ manualTasks: [{ id: "1/work" }] });
      expect(answer(await desk.post(`${sign}/complete`, "admin", { outcome: "APPROVED", form: { reason: "r" } }))).toEqual({ status: 409, code: "already-claimed" });
      expect((await desk.post(`${sign}/release`, "care-lead", {})).body).toMatchObject({ task: { manual: { claimedBy: null } } });
      expect((await desk.post(`${sign}/complete`, "care-lead", { outcome: "APPROVED", form: { reason: "r" } })).status).toBe(200);
      expect((await desk.get("/api/manual-tasks?queue=desk-ID", "care-lead")).body).toMatchObject({ total: 0 });
    });

    it("shows what is overdue, in pages, to who serves the region", async () => {
      await desk.begin(orderId(), { work: FAILED }, { region: "SG" });
      expect((await desk.get("/api/manual-tasks?overdue=true", "operator")).body).toMatchObject({ total: 0 });
      expect((await desk.get("/api/manual-tasks?limit=1", "operator")).body).toMatchObject({ total: 2, limit: 1, manualTasks: [{ id: "1/sign" }] });
      expect((await desk.get("/api/manual-tasks", "support")).body).toMatchObject({ total: 0 });
      expect((await desk.get("/api/manual-tasks?role=x'--", "operator")).body).toMatchObject({ total: 0 });
      expect((await desk.get("/api/manual-tasks?overdue=maybe", "operator")).status).toBe(400);
    });

    it("holds an item on purpose, with the reason", async () => {
      await desk.begin(orderId(), {});
      expect((await desk.post(`${path}/items/1/hold`, "care-agent", { reason: "moves house" })).body).toMatchObject({ internalState: "HELD" });
      expect((await desk.order(orderId())).items).toMatchObject([{ holdCause: "DELIBERATE", holdReason: "moves house" }]);
      expect((await desk.post(`${path}/items/1/resume`, "care-agent", { reason: "stays" })).body).toMatchObject({ internalState: "IN_PROGRESS" });
      expect(answer(await desk.post(`${path}/items/9/hold`, "care-agent", { reason: "r" }))).toEqual({ status: 404, code: "item-not-found" });
    });
  });

  describe("fallout cases over HTTP", () => {
    it("are listed by state, queue, severity and cause; one cause over two orders is one line", async () => {
      await desk.begin(orderId(), { work: FAILED, blind: LOST });
      await desk.begin("other", { work: FAILED });
      const open = await desk.get("/api/cases?severity=P2", "operator");
      expect(open.body).toMatchObject({ total: 2, cases: [{ reasonCode: "SEMANTIC", queue: "support", overdue: false }, { reasonCode: "SEMANTIC" }] });
      const { body } = await desk.get("/api/cases/causes", "operator");
      expect(body).toMatchObject({ total: 2, causes: [{ reasonCode: "SEMANTIC", targetSystem: "keyed", cases: 2, orders: 2 }, { reasonCode: "TIMEOUT", targetSystem: "blind", cases: 1, severity: "P1" }] });
      const [{ fingerprint = "" } = {}] = body["causes"] as { fingerprint?: string }[];
      expect((await desk.get(`/api/cases?fingerprint=${fingerprint}`, "operator")).body).toMatchObject({ total: 2 });
      expect((await desk.get("/api/cases?queue=unknowns", "operator")).body).toMatchObject({ total: 1 });
      expect((await desk.get("/api/cases?state=closed", "operator")).body).toMatchObject({ total: 0 });
      expect((await desk.get("/api/cases?state=gone", "operator")).status).toBe(400);
      expect((await desk.get("/api/cases", "channel")).status).toBe(403);
    });
  });
});
