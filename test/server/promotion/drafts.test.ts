import { describe, expect, it } from "vitest";
import { adoptBranches } from "../../../server/promotion/adopt-branches.ts";
import { forEachDatabase } from "../../support/database.ts";
import { changed, createPromotionStand, filesOf, RELEASE, type PromotionStand, type StandOptions } from "./promotion-stand.ts";
import { draftWith, POLICY, saved, TIMEOUT } from "./steps.ts";

const REFUSED_FILES: readonly (readonly [files: readonly object[], status: number, code: string])[] = [
  [[{ path: "../x.json", text: "{}" }], 400, "invalid-body"],
  [[{ path: ".git/config", text: "{}" }], 400, "invalid-body"],
  [[{ path: "program/x.json", text: "{}" }], 400, "invalid-body"],
  [[{ path: "release.json", text: "{}" }], 400, "invalid-body"],
  [[{ path: POLICY, text: "{}" }, { path: POLICY, text: "{}" }], 400, "invalid-body"],
  [[{ path: POLICY }], 400, "invalid-body"],
  [[{ path: POLICY, text: "{" }], 422, "malformed"],
  [[{ path: POLICY, text: '{"kind":"x","kind":"y"}' }], 422, "malformed"],
];

forEachDatabase((_name, open) => {
  const stand = async (options?: StandOptions): Promise<PromotionStand> => {
    const { database } = await open();
    return createPromotionStand(database, options);
  };

  describe("saving a draft", () => {
    it("writes the canonical text, keeps versions as they are, and says what it wrote", async () => {
      const all = await stand();
      const begun = await all.post("/api/drafts", { name: "d" }, "analyst");
      const file = changed(POLICY, (definition) => Object.assign(definition, { title: "New", version: 17 }));
      const reply = await all.post("/api/drafts/d/files", { expectedHead: begun.body["head"], files: [file], message: "Title" }, "analyst");
      const before = filesOf(RELEASE).find(({ path }) => path === POLICY)?.text ?? "";
      expect(reply.body["saved"]).toEqual([{ path: POLICY, removed: false }]);
      expect(all.git(["show", `${reply.body["head"] as string}:${POLICY}`])).toBe(before.replace('"title": "standard"', '"title": "New"').trim());
      expect(all.git(["log", "-1", "--format=%s", reply.body["head"] as string])).toBe("Title");
    });

    it("V3 on a commit somebody else has moved past is refused with who and when, and nothing is lost", async () => {
      const all = await stand();
      const head = await draftWith(all, "d", "One");
      all.clock.advance(60_000);
      const theirs = await all.post("/api/drafts/d/files", { expectedHead: head, files: [changed(TIMEOUT, (definition) => (definition["title"] = "Theirs"))] }, "reviewer");
      const mine = await all.post("/api/drafts/d/files", { expectedHead: head, files: [changed(POLICY, (definition) => (definition["title"] = "Mine"))] }, "analyst");
      expect(mine).toMatchObject({ status: 409, body: { code: "draft-conflict", conflict: { head: theirs.body["head"], by: "reviewer", at: "2026-11-20T10:01:00.000Z" } } });
      expect((await all.get("/api/drafts/d")).body).toMatchObject({ head: theirs.body["head"], authors: ["analyst", "reviewer"] });
    });

    it("a repeat whose answer was lost changes nothing", async () => {
      const all = await stand();
      const begun = await all.post("/api/drafts", { name: "d" }, "analyst");
      const body = { expectedHead: begun.body["head"], files: [changed(POLICY, (definition) => (definition["title"] = "One"))] };
      const first = await all.post("/api/drafts/d/files", body, "analyst", "k1");
      expect((await all.post("/api/drafts/d/files", body, "analyst", "k1")).body).toEqual(first.body);
      expect((await all.post("/api/drafts/d/files", body, "analyst", "k2")).body).toEqual({ head: first.body["head"], saved: [] });
    });

    it("may hold what does not compile, which is then not submitted", async () => {
      const all = await stand();
      const begun = await all.post("/api/drafts", { name: "d" }, "analyst");
      const head = await saved(all, "d", begun.body["head"] as string, (definition) => (definition["maxAttempts"] = 1_000_000));
      const reply = await all.post("/api/drafts/d/submit", { commit: head, title: "T", reason: "R" }, "analyst");
      expect(reply).toMatchObject({ status: 422, body: { code: "definitions-invalid" } });
      expect((reply.body["errors"] as readonly { readonly rule: string }[])[0]?.rule).toBeTypeOf("string");
    });

    it("refuses paths that are none of a definition, and texts that are no JSON", async () => {
      const all = await stand();
      const begun = await all.post("/api/drafts", { name: "d" }, "analyst");
      for (const [files, status, code] of REFUSED_FILES) {
        expect(await all.post("/api/drafts/d/files", { expectedHead: begun.body["head"], files }, "analyst"), JSON.stringify(files)).toMatchObject({ status, body: { code } });
      }
      expect((await all.get("/api/drafts/d")).body).toMatchObject({ head: begun.body["head"] });
    });
  });

  describe("drafts", () => {
    it("names are given once; lists tell the open ones from the others", async () => {
      const all = await stand();
      await draftWith(all, "d", "One");
      expect(await all.post("/api/drafts", { name: "d", title: "Again" }, "reviewer")).toMatchObject({ status: 409, body: { code: "draft-exists" } });
      await all.post("/api/drafts", { name: "e" }, "reviewer");
      expect(await all.post("/api/drafts/e/withdraw", { reason: "Not mine" }, "analyst")).toMatchObject({ status: 403, body: { code: "forbidden" } });
      expect(await all.post("/api/drafts/e/withdraw", { reason: "Not needed" }, "reviewer")).toMatchObject({ status: 200, body: { state: "WITHDRAWN", head: null } });
      expect(await all.post("/api/drafts/e/files", { expectedHead: "a".repeat(40), files: [] }, "reviewer")).toMatchObject({ status: 409, body: { code: "invalid-transition" } });
      expect((await all.get("/api/drafts?state=open")).body).toMatchObject({ total: 1, drafts: [{ name: "d", state: "DRAFT" }] });
      expect((await all.get("/api/drafts?author=reviewer")).body).toMatchObject({ total: 1, drafts: [{ name: "e", state: "WITHDRAWN" }] });
      expect(all.git(["for-each-ref", "--format=%(refname)", "refs/orderloom/closed"])).toBe("refs/orderloom/closed/draft/reviewer/e");
    });

    it("V2 say who else changes the same definitions", async () => {
      const all = await stand();
      await draftWith(all, "mine", "Mine");
      await draftWith(all, "theirs", "Theirs");
      await draftWith(all, "apart", "Apart", TIMEOUT);
      expect((await all.get("/api/drafts/mine")).body["alsoChangedBy"]).toEqual([{ draft: "theirs", author: "analyst", definitions: ["retry-policy/standard"] }]);
    });

    it("V9 that were pushed with Git stand in the same list", async () => {
      const all = await stand();
      const live = all.git(["rev-parse", "main"]);
      all.git(["update-ref", "refs/heads/draft/mallory/by-git", all.git(["commit-tree", `${live}^{tree}`, "-p", live], "From my machine\n")]);
      await adoptBranches(all.promotion.context, all.clock.now());
      expect((await all.get("/api/drafts")).body).toMatchObject({ drafts: [{ name: "by-git", title: "From my machine", author: "mallory", state: "DRAFT" }] });
    });

    it("link the page of the remote", async () => {
      const all = await stand({ settings: { pullRequestUrl: "https://git.example.com/d/compare/{target}...{branch}" } });
      await draftWith(all, "d", "One");
      expect((await all.get("/api/drafts/d")).body["pullRequestUrl"]).toBe("https://git.example.com/d/compare/main...draft%2Fanalyst%2Fd");
    });
  });
});
