import { describe, expect, it } from "vitest";
import { formatDefinition } from "../../../engine/language/format-definition.ts";
import { promoteDraft } from "../../../server/promotion/promote.ts";
import { createPublishedVersions } from "../../../server/promotion/published-versions.ts";
import type { Database } from "../../../server/store/database.ts";
import { forEachDatabase } from "../../support/database.ts";
import { createPromotionStand, RELEASE, type PromotionStand, type StandOptions } from "./promotion-stand.ts";
import { approved, draftWith, promoted, saved, submitted, TIMEOUT } from "./steps.ts";

/** The sections of a review page when every one is computed. */
async function whenComputed(all: PromotionStand, name: string): Promise<{ readonly [section: string]: { readonly state: string } }> {
  for (;;) {
    const { sections } = (await all.get(`/api/drafts/${name}/review`)).body as { readonly sections: { readonly [section: string]: { readonly state: string } } };
    if (Object.values(sections).every(({ state }) => state === "done" || state === "failed")) return sections;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

forEachDatabase((_name, open) => {
  const stand = async (options?: StandOptions): Promise<PromotionStand & { readonly database: Database }> => {
    const { database } = await open();
    return { ...(await createPromotionStand(database, options)), database };
  };

  describe("A21 from draft to release", () => {
    it("the first start begins the branch with the folder; what runs is what the folder holds", async () => {
      const { releases, get } = await stand();
      expect(releases.active()?.digest).toBe(RELEASE.digest);
      expect((await get("/api/activations")).body).toMatchObject({ branch: "main", tracking: { refusal: null }, activations: [{ name: "2026.11.0", kind: "seed" }] });
    });

    it("draft, save, submit, approve by another, promote by a third: the release is active at once, with name, versions and history", async () => {
      const { get, post, releases, git, ...rest } = await stand();
      const all = { get, post, releases, git, ...rest };
      const head = await draftWith(all, "patience", "More patience");
      expect((await get("/api/drafts/patience")).body).toMatchObject({
        state: "DRAFT", author: "analyst", behind: false, changes: [{ kind: "retry-policy", key: "standard", change: "changed", versionBefore: 1, version: 2 }],
      });
      await approved(all, "patience", head);
      const reply = await post("/api/drafts/patience/promote", { commit: head, reason: "Go" }, "release-manager");
      expect(reply).toMatchObject({ status: 200, body: { name: "2026.11.1" } });

      const active = releases.active();
      expect(active?.name).toBe("2026.11.1");
      expect(active?.definitions.filter(({ version }) => version !== 1).map(({ kind, key, version }) => `${kind}/${key}@${version}`)).toEqual(["retry-policy/standard@2"]);
      expect((await get("/api/drafts/patience")).body).toMatchObject({ state: "PROMOTED", head: null, releaseDigest: active?.digest, changes: [{ key: "standard", versionBefore: 1, version: 2 }] });
      expect((await get("/api/activations")).body).toMatchObject({ activations: [{ name: "2026.11.1", kind: "promotion", by: "release-manager", reason: "Go" }, { name: "2026.11.0" }] });
      const steps = (await get("/api/drafts/patience")).body["steps"] as readonly { readonly action: string; readonly actor: string; readonly text: string }[];
      expect(steps.map(({ action, actor, text }) => [action, actor, text])).toEqual([
        ["created", "analyst", "More patience"], ["submitted", "analyst", "Customers asked"], ["approved", "reviewer", "Looks right"], ["promoted", "release-manager", "Go"],
      ]);
      expect(git(["log", "--first-parent", "--format=%an: %s", "main"])).toBe("release-manager: Promote 2026.11.1: Title of patience\norderloom: Begin with 2026.11.0");
      expect(git(["log", "-1", "--format=%B", "main"])).toContain("Approved-By: reviewer");
      expect(git(["log", "-1", "--format=%an <%ae>", head])).toBe("analyst <analyst@orderloom.invalid>");
      expect(git(["fsck", "--strict", "--no-dangling"])).toBe("");
    });

    it("names count on in the month, and begin again in the next", async () => {
      const all = await stand();
      const name = async (draft: string) => all.releases.byDigest(await promoted(all, draft, await draftWith(all, draft, draft))).then((release) => release?.name);
      expect(await name("one")).toBe("2026.11.1");
      expect(await name("two")).toBe("2026.11.2");
      all.clock.advance(20 * 24 * 60 * 60 * 1000);
      expect(await name("three")).toBe("2026.12.1");
    });

    it("scenarios belong to no release: rolling back keeps the ones there are", async () => {
      const all = await stand();
      const first = await promoted(all, "one", await draftWith(all, "one", "One"));
      const scenario = {
        kind: "scenario", key: "small", version: 1, title: "Small", description: "Small.", startAt: "2026-11-02T09:00:00Z", script: [], expect: {},
        order: { items: [{ id: "1", action: "ADD", offering: [...RELEASE.orderSchemas.keys()][0] ?? "" }] },
      };
      const begun = await draftWith(all, "two", "Two");
      const reply = await all.post("/api/drafts/two/files", { expectedHead: begun, files: [{ path: "scenario/small.json", text: formatDefinition(scenario) }] }, "analyst");
      await promoted(all, "two", reply.body["head"] as string);
      await all.post(`/api/releases/${first}/rollback`, { reason: "Orders fail" }, "release-manager");
      expect(all.releases.active()?.digest).toBe(first);
      expect(all.git(["ls-tree", "-r", "--name-only", "main"]).split("\n")).toContain("scenario/small.json");
    });

    it("rolling back promotes an older release again: same name and digest, a new commit, a new activation, and a reason", async () => {
      const all = await stand();
      const first = await promoted(all, "one", await draftWith(all, "one", "One"));
      const second = await promoted(all, "two", await draftWith(all, "two", "Two"));
      const refused = await all.post(`/api/releases/${first}/rollback`, { reason: "Orders fail" }, "analyst");
      expect(refused).toMatchObject({ status: 403, body: { code: "forbidden" } });
      const reply = await all.post(`/api/releases/${first}/rollback`, { reason: "Orders fail" }, "release-manager");
      expect(reply).toMatchObject({ status: 200, body: { name: "2026.11.1", digest: first } });
      expect(all.releases.active()?.digest).toBe(first);
      expect((await all.get("/api/drafts/one")).body).toMatchObject({ state: "PROMOTED" });
      expect((await all.get("/api/drafts/two")).body).toMatchObject({ state: "SUPERSEDED" });
      expect((await all.get("/api/activations")).body).toMatchObject({ activations: [{ kind: "rollback", digest: first, reason: "Orders fail" }, { digest: second }, { digest: first }, {}] });
      expect(all.git(["log", "-1", "--format=%s", "main"])).toBe("Roll back to 2026.11.1");

      // A version that was published is never given again, also when it is not the newest that is live.
      const third = await promoted(all, "three", await draftWith(all, "three", "Three"));
      const policy = (await all.releases.byDigest(third))?.definitions.find(({ kind }) => kind === "retry-policy");
      expect(policy?.version).toBe(4);
    });

    it("B8 a draft begun before another promotion takes that in first: what was reviewed is what is promoted", async () => {
      const all = await stand();
      const mine = await draftWith(all, "mine", "Mine");
      await approved(all, "mine", mine);
      await promoted(all, "other", await draftWith(all, "other", "Other", TIMEOUT));
      expect((await all.get("/api/drafts/mine")).body).toMatchObject({ behind: true });
      expect(await all.post("/api/drafts/mine/promote", { commit: mine, reason: "Go" }, "release-manager")).toMatchObject({ status: 422, body: { code: "not-fast-forward" } });
    });

    it("takes it in by rows and properties, is reviewed again, and is promoted", async () => {
      const all = await stand();
      const mine = await draftWith(all, "mine", "Mine");
      await approved(all, "mine", mine);
      const begun = await all.post("/api/drafts", { name: "other" }, "analyst");
      await promoted(all, "other", await saved(all, "other", begun.body["head"] as string, (definition) => (definition["maxAttempts"] = 5)));
      const updated = await all.post("/api/drafts/mine/update", { expectedHead: mine }, "analyst");
      expect(updated).toMatchObject({ status: 200, body: { state: "DRAFT", behind: false, changes: [{ kind: "retry-policy", key: "standard", versionBefore: 2, version: 3 }] } });
      const digest = await promoted(all, "mine", updated.body["head"] as string);
      const policy = (await all.releases.byDigest(digest))?.definitions.find(({ kind }) => kind === "retry-policy");
      expect(policy).toMatchObject({ version: 3, title: "Mine", maxAttempts: 5 });
    });

    it("what both changed is a conflict in words, which the author decides", async () => {
      const all = await stand();
      const mine = await draftWith(all, "mine", "Mine");
      await promoted(all, "other", await draftWith(all, "other", "Other"));
      const refused = await all.post("/api/drafts/mine/update", { expectedHead: mine }, "analyst");
      expect(refused).toMatchObject({ status: 409, body: { code: "merge-conflict", errors: [{ pointer: "/choices/retry-policy~1standard.json#title", rule: "both-changed" }] } });
      expect((refused.body["errors"] as readonly { readonly detail: string }[])[0]?.detail).toMatch(/title.*Mine.*Other/);
      expect((await all.get("/api/drafts/mine")).body).toMatchObject({ head: mine, behind: true });
      const decided = await all.post("/api/drafts/mine/update", { expectedHead: mine, choices: { "retry-policy/standard.json#title": "draft" } }, "analyst");
      expect(decided).toMatchObject({ status: 200, body: { changes: [{ change: "changed", title: "Mine" }] } });
      const repeated = await all.post("/api/drafts/mine/update", { expectedHead: mine, otherwise: "live" }, "analyst");
      expect(repeated.body["head"], "there is nothing more to take in").toBe(decided.body["head"]);
    });

    it("of two promotions at once one takes effect", async () => {
      const all = await stand();
      const heads = [];
      for (const name of ["x", "y"]) {
        const head = await draftWith(all, name, name);
        await approved(all, name, head);
        heads.push([name, head] as const);
      }
      const replies = await Promise.all(heads.map(([name, commit]) => all.post(`/api/drafts/${name}/promote`, { commit, reason: "Go" }, "release-manager")));
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 422]);
      expect(replies.find(({ status }) => status === 422)?.body["code"]).toBe("not-fast-forward");
      expect(((await all.get("/api/activations")).body["activations"] as unknown[]).length).toBe(2);
    });

    it("an approval is for one commit: a save after it voids it", async () => {
      const all = await stand();
      const head = await draftWith(all, "d", "One");
      await approved(all, "d", head);
      const next = await saved(all, "d", head, (definition) => (definition["title"] = "Two"));
      expect((await all.get("/api/drafts/d")).body).toMatchObject({ state: "DRAFT", head: next });
      expect(await all.post("/api/drafts/d/approve", { commit: head }, "reviewer")).toMatchObject({ status: 409, body: { code: "approval-stale" } });
      expect(await all.post("/api/drafts/d/promote", { commit: next, reason: "Go" }, "release-manager")).toMatchObject({ status: 422, body: { code: "promotion-unreviewed" } });
      await promoted(all, "d", next);
    });

    it("changes that are requested give it back to the author; earlier approvals do not count", async () => {
      const all = await stand();
      const head = await draftWith(all, "d", "One");
      await submitted(all, "d", head);
      expect((await all.post("/api/drafts/d/request-changes", { commit: head, reason: "Too patient" }, "reviewer")).body).toMatchObject({ state: "DRAFT" });
      await submitted(all, "d", head);
      expect((await all.get("/api/drafts/d")).body).toMatchObject({ state: "SUBMITTED", approvals: { given: [] } });
    });

    it("comments stand at a place and are resolved", async () => {
      const all = await stand();
      await draftWith(all, "d", "One");
      const anchor = { kind: "retry-policy", key: "standard", path: "/maxAttempts" };
      const commented = await all.post("/api/drafts/d/comments", { text: "Why three?", anchor }, "reviewer");
      expect(commented.body["comments"]).toMatchObject([{ text: "Why three?", by: "reviewer", anchor, resolvedBy: null }]);
      const [{ number } = { number: 0 }] = commented.body["comments"] as readonly { readonly number: number }[];
      expect((await all.post(`/api/drafts/d/comments/${number}/resolve`, { reason: "The carrier says so" }, "analyst")).body["comments"]).toMatchObject([{ resolvedBy: "analyst" }]);
      expect(await all.post(`/api/drafts/d/comments/99/resolve`, {}, "analyst")).toMatchObject({ status: 404 });
    });
  });

  describe("A19 what was published never changes", () => {
    it("the database refuses to change or delete releases, activations, promotions and steps", async () => {
      const all = await stand();
      await promoted(all, "d", await draftWith(all, "d", "One"));
      for (const table of ["releases", "active_releases", "promotions", "change_steps"]) {
        await expect(all.database.write([{ sql: `DELETE FROM ${table}` }]), table).rejects.toThrow(/never change/);
      }
      await expect(all.database.write([{ sql: "UPDATE releases SET name='x'" }])).rejects.toThrow(/never change/);
    });

    it("every published version has had one content only", async () => {
      const all = await stand();
      for (const [name, title] of [["a", "A"], ["b", "B"], ["c", "A"]] as const) await promoted(all, name, await draftWith(all, name, title));
      const published = await createPublishedVersions(all.releases)();
      expect(published.highest("retry-policy/standard")).toBe(4);
      for (const { digest } of await all.releases.list()) {
        for (const definition of (await all.releases.byDigest(digest))?.definitions ?? []) {
          expect(published.fits(`${definition.kind}/${definition.key}`, definition.version, { ...definition } as never)).toBe(true);
        }
      }
    });
  });

  describe("the review page", () => {
    it("shows checks, what changes in words, scenarios and impact, each when it is computed", async () => {
      const all = await stand();
      await draftWith(all, "d", "More patience");
      const first = await all.get("/api/drafts/d/review");
      expect(first.body).toMatchObject({ draft: "d", behind: false, sections: { impact: { state: "waiting" } } });
      const page = await whenComputed(all, "d");
      expect(page).toMatchObject({
        checks: { state: "done", result: { sound: true, digest: expect.any(String) as string, changes: [{ key: "standard" }] } },
        diff: { state: "done", result: { words: [expect.stringContaining("More patience")] } },
        scenarios: { state: "done", result: { passed: 0, failed: 0 } },
        impact: { state: "done", result: { orders: 0 } },
      });
    });

    it("says what is not sound, and computes nothing else then", async () => {
      const all = await stand();
      const begun = await all.post("/api/drafts", { name: "d" }, "analyst");
      await saved(all, "d", begun.body["head"] as string, (definition) => (definition["maxAttempts"] = 1_000_000));
      expect(await whenComputed(all, "d")).toMatchObject({ checks: { state: "done", result: { sound: false } }, diff: { state: "failed" }, scenarios: { state: "failed" }, impact: { state: "failed" } });
    });

    it("two releases are compared in words", async () => {
      const all = await stand();
      const digest = await promoted(all, "d", await draftWith(all, "d", "More patience"));
      expect((await all.get(`/api/releases/compare?from=${RELEASE.digest}&to=${digest}`)).body).toMatchObject({ from: { name: "2026.11.0" }, to: { name: "2026.11.1" }, words: [expect.stringContaining("More patience")] });
      expect(await all.get(`/api/releases/compare?from=${RELEASE.digest}`)).toMatchObject({ status: 404 });
    });
  });

  describe("a restart", () => {
    it("goes on where a server stopped between moving the branch and activating", async () => {
      const { database } = await open();
      const all = await createPromotionStand(database);
      const head = await draftWith(all, "d", "One");
      await approved(all, "d", head);
      // The process dies after the branch has moved: everything before was written down.
      const dying = { ...all.promotion, tracker: { ...all.promotion.tracker, track: () => Promise.reject(new Error("the process dies")) } };
      await expect(promoteDraft(dying, "d", head, { id: "r", at: all.clock.now(), actor: "release-manager", reason: "Go" })).rejects.toThrow("the process dies");
      expect(all.releases.active()?.name).toBe("2026.11.0");

      const restarted = await createPromotionStand(database, { settings: all.settings });
      expect(restarted.releases.active()?.name).toBe("2026.11.1");
      expect((await restarted.get("/api/drafts/d")).body).toMatchObject({ state: "PROMOTED" });
    });

    it("keeps to the branch when the folder was edited, and begins a lost repository with what the database knows", async () => {
      const { database } = await open();
      const all = await createPromotionStand(database);
      const digest = await promoted(all, "d", await draftWith(all, "d", "One"));
      const restarted = await createPromotionStand(database, { settings: all.settings });
      expect(restarted.releases.active()?.digest).toBe(digest);
      const elsewhere = await createPromotionStand(database);
      expect(elsewhere.releases.active()?.digest).toBe(digest);
      // Two repositories of one database do not take turns: the one that was left behind says so, and runs what the other promoted.
      const theirs = await promoted(elsewhere, "e", await draftWith(elsewhere, "e", "Theirs"));
      expect(await all.promotion.tracker.track(all.clock.now())).toMatchObject({ refusal: { code: "not-fast-forward" } });
      expect((await all.releases.refreshActive())?.digest).toBe(theirs);
      expect((await elsewhere.get("/api/activations")).body).toMatchObject({ tracking: { refusal: null }, activations: [{ kind: "promotion", digest: theirs }, { kind: "seed", digest }, { kind: "promotion", digest }, { kind: "seed" }] });
    });
  });

});
