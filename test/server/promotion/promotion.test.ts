import { describe, expect, it } from "vitest";
import { adoptBranches } from "../../../server/promotion/adopt-branches.ts";
import { promoteDraft } from "../../../server/promotion/promote.ts";
import { createPublishedVersions } from "../../../server/promotion/published-versions.ts";
import type { Database } from "../../../server/store/database.ts";
import { forEachDatabase } from "../../support/database.ts";
import { changed, createPromotionStand, filesOf, RELEASE, type PromotionStand, type StandOptions } from "./promotion-stand.ts";

const POLICY = "retry-policy/standard.json";
const TIMEOUT = "timeout-policy/patient.json";

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

/** A draft of the analyst with one saved change; its head. */
async function draftWith(stand: PromotionStand, name: string, title: string, path = POLICY): Promise<string> {
  const begun = await stand.post("/api/drafts", { name, title }, "analyst");
  expect(begun.status, JSON.stringify(begun.body)).toBe(201);
  return saved(stand, name, begun.body["head"] as string, (definition) => (definition["title"] = title), path);
}

async function saved(stand: PromotionStand, name: string, expectedHead: string, change: (definition: { [member: string]: unknown }) => void, path = POLICY): Promise<string> {
  const reply = await stand.post(`/api/drafts/${name}/files`, { expectedHead, files: [changed(path, change)] }, "analyst");
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body["head"] as string;
}

async function submitted(stand: PromotionStand, name: string, commit: string): Promise<void> {
  const reply = await stand.post(`/api/drafts/${name}/submit`, { commit, title: `Title of ${name}`, reason: "Customers asked" }, "analyst");
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
}

async function approved(stand: PromotionStand, name: string, commit: string): Promise<void> {
  await submitted(stand, name, commit);
  const reply = await stand.post(`/api/drafts/${name}/approve`, { commit, reason: "Looks right" }, "reviewer");
  expect(reply.body).toMatchObject({ state: "APPROVED" });
}

async function promoted(stand: PromotionStand, name: string, commit: string): Promise<string> {
  await approved(stand, name, commit);
  const reply = await stand.post(`/api/drafts/${name}/promote`, { commit, reason: "Go" }, "release-manager");
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body["digest"] as string;
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
      expect((await get("/api/drafts/patience")).body).toMatchObject({ state: "PROMOTED", head: null, releaseDigest: active?.digest, changes: [{ key: "standard" }] });
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

  describe("saving a draft", () => {
    it("writes the canonical text, keeps versions as they are, and says what it wrote", async () => {
      const all = await stand();
      const begun = await all.post("/api/drafts", { name: "d" }, "analyst");
      const file = changed(POLICY, (definition) => Object.assign(definition, { title: "New", version: 17 }));
      const reply = await all.post("/api/drafts/d/files", { expectedHead: begun.body["head"], files: [file], message: "Title" }, "analyst");
      const before = filesOf(RELEASE).find(({ path }) => path === POLICY)?.text ?? "";
      expect(reply.body["saved"]).toEqual([{ path: POLICY, text: before.replace('"title": "standard"', '"title": "New"') }]);
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
      expect((await elsewhere.get("/api/activations")).body).toMatchObject({ tracking: { refusal: null }, activations: [{ kind: "seed", digest }, { kind: "promotion" }, {}] });
    });
  });

});
