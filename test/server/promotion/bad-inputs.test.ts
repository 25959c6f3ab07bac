import { onTestFinished, describe, expect, it } from "vitest";
import { compile } from "../../../engine/language/compile.ts";
import { main } from "../../../server/cli/main.ts";
import { parseDefinition } from "../../../engine/language/parse-definition.ts";
import { openDatabase, type Database } from "../../../server/store/database.ts";
import { freshSqlite } from "../../support/fresh-database.ts";
import { compareFolder } from "../../../server/promotion/compare-folder.ts";
import { commitOf, blobOf } from "../git/git-stand.ts";
import { changed, createPromotionStand, filesOf, RELEASE, type PromotionStand, type Reply, type StandOptions } from "./promotion-stand.ts";

const POLICY = "retry-policy/standard.json";

async function openSqlite(): Promise<Database> {
  const { url, remove } = freshSqlite();
  const database = openDatabase(url);
  onTestFinished(async () => {
    await database.close();
    await remove();
  });
  await database.migrate();
  return database;
}

async function stand(options?: StandOptions): Promise<PromotionStand> {
  return createPromotionStand(await openSqlite(), options);
}

/** A draft of the analyst with these files changed or gone; its head. */
async function draftOf(all: PromotionStand, files: readonly object[] = [changed(POLICY, (definition) => (definition["title"] = "New"))]): Promise<string> {
  const begun = await all.post("/api/drafts", { name: "d" }, "analyst");
  const saved = await all.post("/api/drafts/d/files", { expectedHead: begun.body["head"], files }, "analyst");
  expect(saved.status, JSON.stringify(saved.body)).toBe(200);
  return saved.body["head"] as string;
}

const submit = (all: PromotionStand, commit: string, more: object = {}) => all.post("/api/drafts/d/submit", { commit, title: "T", reason: "R", ...more }, "analyst");
const approve = (all: PromotionStand, commit: string, as: "analyst" | "reviewer" = "reviewer") => all.post("/api/drafts/d/approve", { commit }, as);
const promote = (all: PromotionStand, commit: string) => all.post("/api/drafts/d/promote", { commit, reason: "Go" }, "release-manager");

/** The codes of a refusal: of the whole, or of the rules its errors name. */
function rulesOf({ body }: Reply): readonly unknown[] {
  return ((body["errors"] ?? []) as readonly { readonly rule?: string }[]).map(({ rule }) => rule);
}

/** Promotes one change; the digest of the release before it. */
async function promotedOne(all: PromotionStand): Promise<string> {
  const before = all.releases.active()?.digest ?? "";
  const head = await draftOf(all);
  await submit(all, head);
  await approve(all, head);
  expect((await promote(all, head)).status).toBe(200);
  return before;
}

/** Moves the target branch as somebody with access to the repository could, and lets the server look. */
async function pushed(all: PromotionStand, files: readonly { readonly path: string; readonly text: string }[]): Promise<unknown> {
  const commit = commitOf(all, files.map(({ path, text }) => ["100644", "blob", blobOf(all, text), path] as const), [all.git(["rev-parse", "main"])]);
  all.git(["update-ref", "refs/heads/main", commit]);
  return (await all.promotion.tracker.track(all.clock.now())).refusal;
}

/** A server that believes what its remote's protected branch holds. */
const BELIEVING: StandOptions = { settings: { reviewIn: "remote" } };

describe("row 60: a version that was published keeps its content", () => {
  it("a version somebody wrote, published with other content, arrives by Git: version-immutable, and what is active stays", async () => {
    const all = await stand(BELIEVING);
    const first = await promotedOne(all);
    await all.post(`/api/releases/${first}/rollback`, { reason: "Back" }, "release-manager");
    const files = filesOf(RELEASE).map((file) => (file.path === POLICY ? { ...file, text: file.text.replace('"version": 1', '"version": 2').replace('"maxAttempts": 3', '"maxAttempts": 4') } : file));
    expect(await pushed(all, files)).toMatchObject({ code: "definitions-invalid", detail: expect.stringContaining("Version 2 was published with another content") as string });
    expect(all.releases.active()?.digest).toBe(first);
    expect(await operations(all)).toContainEqual({ action: "release.refuse", subject: "main" });
  });

  it("a version that goes back: version-order", async () => {
    const fifth = compile(RELEASE.definitions.map((definition) => ({ path: `${definition.kind}/${definition.key}.json`, content: { ...definition, version: 5 } })), { name: "2026.11.0" });
    if (!fifth.ok) throw new Error("The release does not compile");
    const all = await stand({ ...BELIEVING, release: fifth.release });
    const before = all.releases.active()?.digest;
    const files = filesOf(RELEASE).map((file) => (file.path === POLICY ? { ...file, text: file.text.replace('"maxAttempts": 3', '"maxAttempts": 4') } : file));
    expect(await pushed(all, files)).toMatchObject({ code: "definitions-invalid", detail: expect.stringContaining("would go back") as string });
    expect(all.releases.active()?.digest).toBe(before);
  });

  it("two files claim one id: duplicate-id", async () => {
    const all = await stand(BELIEVING);
    const policy = filesOf(RELEASE).find(({ path }) => path === POLICY);
    expect(await pushed(all, [...filesOf(RELEASE), { path: `copy/${POLICY}`, text: policy?.text ?? "" }])).toMatchObject({ detail: expect.stringContaining("keep one of them") as string });
  });

  it("what a remote has reviewed and merged gets its versions and its name here", async () => {
    const all = await stand(BELIEVING);
    const files = filesOf(RELEASE).map((file) => (file.path === POLICY ? { ...file, text: file.text.replace('"maxAttempts": 3', '"maxAttempts": 4') } : file));
    expect(await pushed(all, files)).toBeNull();
    expect(all.releases.active()).toMatchObject({ name: "2026.11.1" });
    expect(all.releases.active()?.definitions.filter(({ version }) => version !== 1)).toMatchObject([{ key: "standard", version: 2 }]);
    const head = await draftOf(all, [changed(POLICY, (definition) => Object.assign(definition, { maxAttempts: 5 }), files)]);
    expect((await all.get("/api/drafts/d")).body).toMatchObject({ changes: [{ versionBefore: 2, version: 3 }] });
    await submit(all, head);
    await approve(all, head);
    expect(await promote(all, head)).toMatchObject({ status: 200, body: { name: "2026.11.2" } });
  });

  it("versions an author writes into a draft are not looked at: promotion assigns them", async () => {
    const all = await stand();
    const head = await draftOf(all, [changed(POLICY, (definition) => Object.assign(definition, { version: 1, title: "New" }))]);
    expect((await all.get("/api/drafts/d")).body).toMatchObject({ changes: [{ versionBefore: 1, version: 2 }] });
    await submit(all, head);
    await approve(all, head);
    expect((await promote(all, head)).status).toBe(200);
  });
});

describe("row 61: what orders under way rely on does not disappear", () => {
  /** The plan does its work by another type; the old type is gone. */
  const REPLACED = [
    changed("task-type/work-bench.json", (definition) => Object.assign(definition, { key: "other-work" })),
    { path: "task-type/work-bench.json", text: null },
    changed("plan-template/graph.json", (definition) => (definition["tasks"] as { type: string }[]).forEach((task) => (task.type = "other-work"))),
  ].map((file) => ("text" in file && file.text !== null && file.path === "task-type/work-bench.json" ? { ...file, path: "task-type/other-work.json" } : file));

  it("removing a task type that a live version uses: breaking-change", async () => {
    const all = await stand();
    const reply = await submit(all, await draftOf(all, REPLACED));
    expect(reply).toMatchObject({ status: 422, body: { code: "definitions-invalid" } });
    expect(rulesOf(reply)).toEqual(["breaking-change"]);
  });

  it("unless the author says that a migration takes care of it", async () => {
    const all = await stand();
    const head = await draftOf(all, REPLACED);
    expect(await submit(all, head, { migrated: ["task-type/work-bench"] })).toMatchObject({ status: 200, body: { state: "SUBMITTED" } });
    await approve(all, head);
    expect(await promote(all, head)).toMatchObject({ status: 200 });
  });
});

describe("row 98: only what was reviewed is promoted", () => {
  it("a commit nobody approved: 422 promotion-unreviewed", async () => {
    const all = await stand();
    const head = await draftOf(all);
    expect(await promote(all, head)).toMatchObject({ status: 422, body: { code: "promotion-unreviewed" } });
    await submit(all, head);
    expect(await promote(all, head)).toMatchObject({ status: 422, body: { code: "promotion-unreviewed" } });
  });

  it("a commit that moved the branch by itself: promotion-unreviewed, loudly", async () => {
    const all = await stand();
    expect(await pushed(all, filesOf(RELEASE))).toMatchObject({ code: "promotion-unreviewed" });
    expect(all.releases.active()?.digest).toBe(RELEASE.digest);
    expect((await all.get("/api/activations")).body).toMatchObject({ tracking: { refusal: { code: "promotion-unreviewed" } } });
    expect(await operations(all)).toMatchObject([{ action: "release.refuse" }]);
  });

  it("the author is the only reviewer, or promotes: 403 four-eyes", async () => {
    const all = await stand();
    const head = await draftOf(all);
    await submit(all, head);
    expect(await approve(all, head, "analyst")).toMatchObject({ status: 403, body: { code: "four-eyes" } });
    expect((await all.get("/api/drafts/d")).body).toMatchObject({ state: "SUBMITTED", approvals: { given: [] } });
  });

  it("whoever saved a commit of somebody else's draft is an author of it: four-eyes", async () => {
    const all = await stand();
    const head = await draftOf(all);
    const theirs = await all.post("/api/drafts/d/files", { expectedHead: head, files: [changed(POLICY, (definition) => (definition["title"] = "Newer"))] }, "reviewer");
    const commit = theirs.body["head"] as string;
    await submit(all, commit);
    expect(await approve(all, commit)).toMatchObject({ status: 403, body: { code: "four-eyes" } });
  });

  it("what changes charges needs finance, too: promotion-unreviewed until then", async () => {
    const all = await stand();
    // The release has no billing trigger that would compile alone, so the requirement is read from the draft.
    await draftOf(all, [{ path: "billing-trigger/monthly.json", text: JSON.stringify({ kind: "billing-trigger", key: "monthly", version: 1, title: "Monthly", description: "Monthly." }) }]);
    expect((await all.get("/api/drafts/d")).body).toMatchObject({ approvals: { required: [{ role: "reviewer" }, { role: "finance-approver" }] } });
  });

  it("a branch that was rewritten, or has moved on: 422 not-fast-forward", async () => {
    const all = await stand();
    const head = await draftOf(all);
    await submit(all, head);
    await approve(all, head);
    const other = all.git(["commit-tree", `${all.git(["rev-parse", "main"])}^{tree}`, "-p", all.git(["rev-parse", "main"])], "Somebody else\n");
    all.git(["update-ref", "refs/heads/main", other]);
    expect(await promote(all, head)).toMatchObject({ status: 422, body: { code: "not-fast-forward" } });
  });

  it.each(["main", "draft/analyst/d"])("the branch %s instead of a commit: 422 commit-required", async (name) => {
    const all = await stand();
    await draftOf(all);
    for (const reply of [await submit(all, name), await approve(all, name), await promote(all, name)]) expect(reply).toMatchObject({ status: 422, body: { code: "commit-required" } });
  });
});

describe("row 99 over REST: a name that Git would misread is 400 invalid-ref", () => {
  it("as the name of a draft, and as a commit", async () => {
    const all = await stand();
    await draftOf(all);
    for (const name of ["--upload-pack=touch pwned", "-c core.sshCommand=touch pwned", "a\nb", "a..b", "ext::sh -c id", "A"]) {
      expect(await all.post("/api/drafts", { name }, "analyst"), name).toMatchObject({ status: 400, body: { code: "invalid-ref" } });
      expect(await promote(all, name), name).toMatchObject({ status: 400, body: { code: "invalid-ref" } });
    }
    // NUL does not even get past the reader of bodies.
    expect(await all.post("/api/drafts", { name: "a\u0000b" }, "analyst")).toMatchObject({ status: 400, body: { code: "malformed-json" } });
  });
});

describe("row 100 over REST: a draft that holds what is not accepted is 422 repository-invalid", () => {
  it("a link, pushed into a draft branch", async () => {
    const all = await stand();
    await draftOf(all);
    const commit = commitOf(all, [["120000", "blob", blobOf(all, "/etc/passwd"), "decision-table/a.json"]], [all.git(["rev-parse", "draft/analyst/d"])]);
    all.git(["update-ref", "refs/heads/draft/analyst/d", commit]);
    for (const path of ["/api/drafts/d", "/api/drafts/d/files"]) expect(await all.get(path)).toMatchObject({ status: 422, body: { code: "repository-invalid" } });
    expect(await submit(all, commit)).toMatchObject({ status: 422, body: { code: "repository-invalid" } });
  });
});

describe("row 101: folders and files that are not what they seem", () => {
  it("a folder that differs from the commit is dirty", () => {
    const edited = filesOf(RELEASE).map((file) => (file.path === POLICY ? changed(POLICY, (definition) => (definition["title"] = "New")) : file));
    expect(compareFolder(edited, filesOf(RELEASE))).toEqual({ code: "dirty", added: [], changed: ["retry-policy/standard"], removed: [] });
    expect(compareFolder(filesOf(RELEASE), filesOf(RELEASE))).toBeNull();
  });

  it("merge markers are malformed, in a save and on the branch", async () => {
    const all = await stand(BELIEVING);
    const text = `<<<<<<< ours\n${filesOf(RELEASE)[0]?.text ?? ""}=======\n>>>>>>> theirs\n`;
    expect(parseDefinition(text, POLICY)).toMatchObject({ ok: false, diagnostics: [{ code: "malformed" }] });
    const begun = await all.post("/api/drafts", { name: "d" }, "analyst");
    expect(await all.post("/api/drafts/d/files", { expectedHead: begun.body["head"], files: [{ path: POLICY, text }] }, "analyst")).toMatchObject({ status: 422, body: { code: "malformed" } });
    expect(await pushed(all, filesOf(RELEASE).map((file) => (file.path === POLICY ? { ...file, text } : file)))).toMatchObject({ code: "definitions-invalid" });
    expect(all.releases.active()?.digest).toBe(RELEASE.digest);
  });

  it("a file that moves and keeps its id is accepted, with its version and its history", async () => {
    const all = await stand(BELIEVING);
    const moved = filesOf(RELEASE).map((file) => (file.path === POLICY ? { ...file, path: `shared/${POLICY}` } : file));
    expect(await pushed(all, moved)).toBeNull();
    expect(all.releases.active()?.digest).toBe(RELEASE.digest);
    const begun = await all.post("/api/drafts", { name: "d" }, "analyst");
    const saved = await all.post("/api/drafts/d/files", { expectedHead: begun.body["head"], files: [changed(POLICY, (definition) => (definition["title"] = "New"))] }, "analyst");
    expect(saved.body["saved"]).toMatchObject([{ path: `shared/${POLICY}` }]);
    expect((await all.get("/api/drafts/d")).body).toMatchObject({ changes: [{ change: "changed", versionBefore: 1, version: 2 }] });
  });
});

it("the command that submits an order under its old name says the new one", async () => {
  const complaints: string[] = [];
  const code = await main(["submit", "examples/orders/furniture.json"], {
    print: () => undefined, complain: (line) => complaints.push(line), update: () => undefined, paint: (_tone, text) => text, isTty: false, now: () => "", env: () => undefined, onInterrupt: () => () => undefined,
  });
  expect(code).toBe(2);
  expect(complaints.join()).toContain("orderloom order examples/orders/furniture.json");
});

async function operations(all: PromotionStand): Promise<unknown> {
  const { database } = all.promotion.context;
  return (await database.select("SELECT action, subject FROM operations_log ORDER BY at"))[0];
}
