import { describe, expect, it } from "vitest";
import { forEachDatabase } from "../../support/database.ts";
import { createImpactDesk, LONGER, PRESENT, reportOf, SHORTER } from "./impact-desk.ts";

forEachDatabase((_name, open) => {
  describe("G7 POST /api/impact", () => {
    it("holds all open orders against a published release, and the report is read later by its id", async () => {
      const { database } = await open();
      const desk = await createImpactDesk(database);
      await desk.begin("o1", "a");
      await desk.begin("o2");
      await desk.begin("gone", "a", "b");

      const begun = await desk.post("/api/impact", { release: SHORTER.digest }, "analyst");
      expect([begun.status, begun.body["state"], begun.body["total"]]).toEqual([201, "running", 2]);
      const { state, assessed, report } = await reportOf(desk, String(begun.body["id"]));
      expect([state, assessed]).toEqual(["done", 2]);
      expect(report).toMatchObject({
        to: { digest: SHORTER.digest }, orders: 2, classes: { blocked: { orders: 2 }, unaffected: { orders: 0 }, "could-adopt": { orders: 0 } },
        rules: [{ rule: "done-task-removed", orders: 1, sampleOrderIds: ["o1"] }, { rule: "task-under-way-changed", orders: 1, sampleOrderIds: ["o2"] }],
        products: [{ offering: "GRAPH", orders: 2, blocked: 2 }],
      });
      expect((await desk.get("/api/impact", "auditor")).body["reports"]).toMatchObject([{ id: begun.body["id"], state: "done" }]);
    });

    it("takes definitions that are only proposed, and stores no release", async () => {
      const { database } = await open();
      const desk = await createImpactDesk(database);
      await desk.begin("o1", "a");
      const definitions = LONGER.definitions.map((definition) => (definition.kind === "plan-template" ? { ...definition, title: "Only proposed" } : definition));
      const begun = await desk.post("/api/impact", { name: "draft", definitions }, "analyst");
      expect(await reportOf(desk, String(begun.body["id"]))).toMatchObject({ state: "done", report: { to: { name: "draft" }, classes: { "could-adopt": { orders: 1 } }, kinds: [{ kind: "rule-changed" }, { kind: "task-added" }] } });
      expect((await desk.get("/api/releases")).body["releases"]).toHaveLength(3);
    });

    it("refuses what does not compile, what nobody knows, and a second report while one is made", async () => {
      const { database } = await open();
      const desk = await createImpactDesk(database);
      const broken = PRESENT.definitions.map((definition) => (definition.kind === "plan-template" ? { ...definition, milestoneMap: "nowhere" } : definition));
      const refused = await desk.post("/api/impact", { definitions: broken });
      expect([refused.status, refused.body["code"], refused.body["errors"]]).toMatchObject([422, "definitions-invalid", [{ pointer: expect.stringMatching(/^\/definitions\/\d+\/milestoneMap$/) as string }]]);
      expect((await desk.post("/api/impact", { release: "f".repeat(64) })).body["code"]).toBe("release-unknown");
      expect((await desk.post("/api/impact", {})).status).toBe(400);
      expect((await desk.post("/api/impact", { release: LONGER.digest }, "fitter")).status).toBe(403);
      for (let number = 0; number < 5; number += 1) await desk.begin(`o${number}`, "a");
      const [first, second] = await Promise.all([desk.post("/api/impact", { release: LONGER.digest }), desk.post("/api/impact", { release: LONGER.digest })]);
      const later = [first, second].find(({ status }) => status !== 201);
      if (later) expect(later.body["code"]).toBe("impact-report-running");
    });
  });

  describe("G7 /api/orders/{id}/migration", () => {
    it("previews without changing anything, then moves the order by the hash of the preview", async () => {
      const { database } = await open();
      const desk = await createImpactDesk(database);
      await desk.begin("o1", "a");
      const before = await desk.order("o1");
      const shown = await desk.get(`/api/orders/o1/migration?release=${LONGER.digest}`);
      const dry = await desk.post("/api/orders/o1/migration", { release: LONGER.digest, dryRun: true });
      expect([shown.status, shown.body["class"], dry.body]).toEqual([200, "could-adopt", shown.body]);
      expect(await desk.order("o1")).toEqual(before);

      const body = { release: LONGER.digest, reason: "the new step", previewHash: shown.body["previewHash"], expectedVersion: shown.body["aggregateVersion"] };
      const moved = await desk.post("/api/orders/o1/migration", body, "senior-operations", "once");
      expect([moved.status, moved.body["migration"], moved.body["release"]]).toEqual([200, { outcome: "applied" }, { name: LONGER.name, digest: LONGER.digest }]);
      expect((await desk.post("/api/orders/o1/migration", body, "senior-operations", "once")).body).toEqual(moved.body);
      expect((await desk.get("/api/orders/o1")).body).toMatchObject({ release: { digest: LONGER.digest } });
    });

    it("refuses what is unsafe with its rules, a stale preview, and those without the right; the order stays", async () => {
      const { database } = await open();
      const desk = await createImpactDesk(database);
      await desk.begin("o1", "a");
      const before = await desk.order("o1");
      const shown = await desk.get(`/api/orders/o1/migration?release=${SHORTER.digest}`);
      const unsafe = await desk.post("/api/orders/o1/migration", { release: SHORTER.digest, reason: "r", previewHash: shown.body["previewHash"] });
      expect([unsafe.status, unsafe.body["code"]]).toEqual([409, "migration-unsafe"]);
      expect(JSON.stringify(unsafe.body["errors"])).toContain("done-task-removed: ");
      const stale = await desk.post("/api/orders/o1/migration", { release: LONGER.digest, reason: "r", previewHash: "0".repeat(64) });
      expect([stale.status, stale.body["code"]]).toEqual([409, "preview-stale"]);
      expect((await desk.post("/api/orders/o1/migration", { release: LONGER.digest, reason: "r", previewHash: "x" }, "care-lead")).status).toBe(403);
      expect((await desk.get(`/api/orders/nobody/migration?release=${LONGER.digest}`)).status).toBe(404);
      expect(await desk.order("o1")).toEqual(before);
    });
  });
});
