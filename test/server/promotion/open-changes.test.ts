import { describe, expect, it } from "vitest";
import { forEachDatabase } from "../../support/database.ts";
import { createPromotionStand, type PromotionStand } from "./promotion-stand.ts";
import { draftWith, POLICY } from "./steps.ts";

forEachDatabase((_name, open) => {
  const stand = async (): Promise<PromotionStand> => createPromotionStand((await open()).database);

  describe("what is being worked on", () => {
    it("V2 names every open draft with the files it changes and who saved it last", async () => {
      const all = await stand();
      const head = await draftWith(all, "d", "One");
      await all.post("/api/drafts", { name: "empty" }, "reviewer");
      const { body } = await all.get("/api/open-changes");
      expect(body).toMatchObject({ drafts: expect.arrayContaining([
        expect.objectContaining({ name: "d", author: "analyst", head, paths: [POLICY], savedBy: "analyst" }), expect.objectContaining({ name: "empty", paths: [] }),
      ]) as unknown });
    });

    it("leaves out what was given up", async () => {
      const all = await stand();
      await draftWith(all, "d", "One");
      await all.post("/api/drafts/d/withdraw", { reason: "Not needed" }, "analyst");
      expect((await all.get("/api/open-changes")).body["drafts"]).toEqual([]);
    });
  });

  describe("renaming a draft", () => {
    it("changes its title, stands in its steps, and leaves its branch alone", async () => {
      const all = await stand();
      const head = await draftWith(all, "d", "One");
      const reply = await all.post("/api/drafts/d/title", { title: "Better" }, "analyst");
      expect(reply).toMatchObject({ status: 200, body: { title: "Better", head, branch: "draft/analyst/d" } });
      expect((reply.body["steps"] as readonly { readonly action: string }[]).at(-1)).toMatchObject({ action: "renamed", text: "Better" });
    });

    it("is for its authors", async () => {
      const all = await stand();
      await draftWith(all, "d", "One");
      expect(await all.post("/api/drafts/d/title", { title: "Mine" }, "reviewer")).toMatchObject({ status: 403 });
    });
  });
});
