import { describe, expect, it } from "vitest";
import { admissionCandidates } from "../../../engine/interpret/admission-candidates.ts";
import { interpret } from "../../../engine/interpret/interpret.ts";
import { DEAD_LETTER_OWNER } from "../../../server/store/dead-letter-store.ts";
import { recordUnmatched } from "../../../server/store/unmatched-store.ts";
import type { EngineCalls } from "../../../server/work/work-context.ts";
import { planRelease } from "../../bench/plan-release.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createStand, DONE } from "../work/stand.ts";
import { createFlowApp } from "./flow-app.ts";
import { startFlowProcess, until } from "./flow-process.ts";

const CHAIN = planRelease({ name: "test.letters", tasks: [{ key: "a" }, { key: "b", after: ["a"] }] });

/** An engine with a defect that can be mended: it fails on the inputs it is told. */
function brokenEngine(): { readonly engine: EngineCalls; readonly breaks: Set<string> } {
  const breaks = new Set<string>();
  return {
    breaks,
    engine: {
      admissionCandidates,
      interpret: (order, input, release) => {
        if (breaks.has(`${order?.id}:${input.type}`)) throw new TypeError("secret detail of a defect");
        return interpret(order, input, release);
      },
    },
  };
}

const letterOf = (body: { readonly [name: string]: unknown }) => (body["deadLetters"] as { readonly id: string }[])[0]?.id ?? "";

forEachDatabase((_name, open) => {
  describe("J6 a dead letter", () => {
    it("says what lies still, since when and who answers for it, and nothing of the error but its class", async () => {
      const { database } = await open();
      const { engine, breaks } = brokenEngine();
      const stand = await createStand(database, CHAIN, { engine });
      const { get } = await createFlowApp(database, CHAIN, stand);
      await stand.begin("o1");
      breaks.add("o1:TaskReported");
      await stand.report("o1", "a", DONE, "m-1");
      stand.clock.advance(90_000);

      const { body } = await get("/api/dead-letters");
      expect(body).toMatchObject({
        total: 1,
        deadLetters: [{ kind: "quarantined-input", state: "OPEN", source: "bench", messageId: "m-1", productOrderId: "o1", inputType: "TaskReported", errorClass: "TypeError", owner: DEAD_LETTER_OWNER, ageSeconds: 90, replays: 0, replayable: true }],
      });
      expect(JSON.stringify(body)).not.toContain("secret");
    });

    it("that is replayed goes the way it came, once: the repeat of the message and of the request change nothing", async () => {
      const { database } = await open();
      const { engine, breaks } = brokenEngine();
      const stand = await createStand(database, CHAIN, { engine });
      const { get, post } = await createFlowApp(database, CHAIN, stand);
      await stand.begin("o1");
      breaks.add("o1:TaskReported");
      await stand.report("o1", "a", DONE, "m-1");
      const path = `/api/dead-letters/${letterOf((await get("/api/dead-letters")).body)}`;

      expect((await post(`${path}/replay`, { reason: "try" }, "r1")).body).toMatchObject({ state: "REPLAYED", result: "quarantined" });
      expect((await get("/api/dead-letters")).body).toMatchObject({ total: 1, deadLetters: [{ state: "OPEN", replays: 1 }] });
      breaks.clear();
      const replayed = await post(`${path}/replay`, { reason: "mended" }, "r2");
      expect(replayed.body).toMatchObject({ state: "REPLAYED", replays: 2, result: "applied" });
      expect((await post(`${path}/replay`, { reason: "mended" }, "r2")).body).toEqual(replayed.body);
      expect((await post(`${path}/replay`, { reason: "more" }, "r3")).body).toMatchObject({ code: "invalid-transition" });
      expect((await stand.report("o1", "a", DONE, "m-1")).outcome).toBe("duplicate");

      expect((await stand.task("o1", "a")).state).toBe("SUCCEEDED");
      expect(await stand.rows("SELECT id FROM outbox ORDER BY id")).toEqual([{ id: "o1/p1/1/a/work/1" }, { id: "o1/p1/1/b/work/1" }]);
      const log = await get("/api/operations-log");
      expect(log.body["total"]).toBe(2);
      expect(log.body).toMatchObject({ operations: [{ action: "dead-letter.replay" }, { action: "dead-letter.replay" }] });
    });

    it("is assigned and discarded, each written down; the message stays known", async () => {
      const { database } = await open();
      const { engine, breaks } = brokenEngine();
      const stand = await createStand(database, CHAIN, { engine });
      const { get, post } = await createFlowApp(database, CHAIN, stand);
      await stand.begin("o1");
      breaks.add("o1:TaskReported");
      await stand.report("o1", "a", DONE, "m-1");
      const path = `/api/dead-letters/${letterOf((await get("/api/dead-letters")).body)}`;
      expect((await post(`${path}/assign`, { owner: "sue" }, "a1")).body).toMatchObject({ owner: "sue", state: "OPEN" });
      expect((await get("/api/dead-letters?owner=sue")).body["total"]).toBe(1);
      expect((await post(`${path}/discard`, {}, "d1")).body).toMatchObject({ errors: [{ code: "required", pointer: "/reason" }] });
      expect((await post(`${path}/discard`, { reason: "sent again by them" }, "d2", "operator")).status).toBe(403);
      expect((await post(`${path}/discard`, { reason: "sent again by them" }, "d3")).body).toMatchObject({ state: "DISCARDED" });
      expect((await get("/api/dead-letters")).body["total"]).toBe(0);
      expect((await get("/api/dead-letters?state=DISCARDED")).body["total"]).toBe(1);
      expect((await post(`${path}/replay`, { reason: "after all" }, "r1")).body).toMatchObject({ code: "invalid-transition" });
      expect((await post("/api/dead-letters/nothing/discard", { reason: "x" }, "d4")).status).toBe(404);
      breaks.clear();
      expect((await stand.report("o1", "a", DONE, "m-1")).outcome).toBe("duplicate");
      expect((await get("/api/operations-log")).body["operations"]).toMatchObject([{ action: expect.stringMatching(/assign|discard/) as string }, { action: expect.stringMatching(/assign|discard/) as string }]);
    });

    it("about a clock sets the clock anew; about tasks that could not be sent asks admission again", async () => {
      const { database } = await open();
      const { engine, breaks } = brokenEngine();
      const stand = await createStand(database, CHAIN, { engine });
      const { get, post } = await createFlowApp(database, CHAIN, stand);
      breaks.add("o1:TasksAdmitted");
      await stand.begin("o1");
      expect(await stand.rows("SELECT reason FROM ready_tasks")).toEqual([{ reason: "defect" }]);
      breaks.clear();
      const admitted = `/api/dead-letters/${letterOf((await get("/api/dead-letters")).body)}/replay`;
      expect((await post(admitted, { reason: "mended" }, "r1")).body).toMatchObject({ result: "scheduled" });
      await stand.unitOfWork.drain();
      expect((await stand.task("o1", "a")).state).toBe("DISPATCHED");

      breaks.add("o1:TimerFired");
      stand.clock.advance(2 * 60 * 60_000);
      const [timer] = await stand.rows("SELECT timer_id, due_at FROM timers");
      const timerId = String(timer?.["timer_id"]);
      await stand.unitOfWork.handle({ orderId: "o1", input: { type: "TimerFired", timerId, id: `timer/${timerId}`, at: stand.clock.now() } });
      expect(await stand.rows("SELECT timer_id FROM timers")).toEqual([]);
      breaks.clear();
      await post(`/api/dead-letters/${letterOf((await get("/api/dead-letters")).body)}/replay`, { reason: "mended" }, "r2");
      expect(await stand.rows("SELECT timer_id, due_at FROM timers")).toEqual([{ timer_id: timerId, due_at: stand.clock.now() }]);
      expect(await stand.rows("SELECT message_id FROM inbox WHERE status='pending' AND source='internal'")).toEqual([]);
    });
  });

  describe("a result that fits nothing", () => {
    it("is matched anew when it is replayed, and stays a letter until it fits", async () => {
      const { database } = await open();
      const stand = await createStand(database, CHAIN);
      const { get, post } = await createFlowApp(database, CHAIN, stand);
      await stand.begin("o1");
      const [sent] = await stand.rows("SELECT idempotency_key FROM outbox");
      const message = (messageId: string, idempotencyKey: string) =>
        recordUnmatched(database, { source: "bench", messageId, receivedAt: stand.clock.now(), reason: "command-unknown", body: { idempotencyKey, status: "succeeded", result: { reference: "R-1" } } });
      await message("m-lost", "no-such-key");
      const path = `/api/dead-letters/${letterOf((await get("/api/dead-letters")).body)}/replay`;
      expect((await post(path, { reason: "again" }, "r1")).body).toMatchObject({ state: "OPEN", replays: 1, result: "unmatched: command-unknown" });

      await database.write([{ sql: `UPDATE unmatched_results SET input='${JSON.stringify({ idempotencyKey: sent?.["idempotency_key"] as string, status: "succeeded", result: { reference: "R-1" } })}'` }]);
      expect((await post(path, { reason: "their key was corrected" }, "r2")).body).toMatchObject({ state: "REPLAYED", replays: 2, result: "applied" });
      expect((await stand.task("o1", "a")).state).toBe("SUCCEEDED");
      expect((await get("/api/unmatched")).body["total"]).toBe(0);
    });
  });

  describe("J7 a poison message", () => {
    it("blocks nobody: unreadable ones and those of no order are set aside, everything behind them is done", async () => {
      const { database } = await open();
      const poison = Array.from({ length: 300 }, (_, index) => `('poison','m${index}','nobody','i${index}','pending','${index % 2 === 0 ? "{not json" : JSON.stringify({ type: "FulfillOrder", id: `i${index}` })}',NULL,'2026-01-01T00:00:00.000Z')`);
      await database.write([{ sql: `INSERT INTO inbox (source,message_id,order_id,input_id,status,input,error,received_at) VALUES ${poison.join(",")}` }]);
      const { stand } = await startFlowProcess(database, CHAIN);
      await stand.submit("o1");
      await until(async () => (await stand.order("o1")).state === "COMPLETED");
      await until(async () => (await stand.rows("SELECT message_id FROM inbox WHERE status='pending'")).length === 0);
      expect(await stand.rows("SELECT error_class FROM dead_letters GROUP BY error_class ORDER BY error_class")).toEqual([{ error_class: "input-unreadable" }, { error_class: "order-not-found" }]);
      expect((await stand.rows("SELECT id FROM dead_letters WHERE state='OPEN'")).length).toBe(300);
    });
  });
});
