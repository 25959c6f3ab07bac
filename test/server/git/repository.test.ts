import { existsSync, readFileSync, writeFileSync, chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { draftBranch, requireBranch, requireCommit, requireDraftName, requireRemote, segmentOf } from "../../../server/git/ref-names.ts";
import { openRepository } from "../../../server/git/repository.ts";
import { Problem } from "../../../server/problems/problem.ts";
import { AT, AUTHOR, blobOf, commitOf, createGitStand, ENVIRONMENT, rawGit, temporaryFolder, type GitStand } from "./git-stand.ts";

/** The code of the refusal a call ends with, or what it gave. */
async function codeOf(call: () => unknown): Promise<unknown> {
  try {
    return { gave: await call() };
  } catch (error) {
    return error instanceof Problem ? error.code : error;
  }
}

const HEX = "a".repeat(40);

describe("row 99: names that git would misread are refused before git runs", () => {
  const NAMES = [
    "--upload-pack=touch pwned", "-c core.sshCommand=touch pwned", "-", "a\nb", "a\0b", "a..b", "../x", "a b", "a~1", "a^", "a:b", "a?b", "a*", "a[b", "a\\b", "@{-1}", "a.lock", ".a", "a.", "a//b", "/a", "a/",
    "", "Å", "A", "ext::sh -c touch% pwned", "x".repeat(300),
  ];

  it.each(NAMES)("the branch %j is invalid-ref", async (name) => {
    expect(await codeOf(() => requireBranch(name))).toBe("invalid-ref");
  });

  it.each([...NAMES, "a/b"])("the draft name %j is invalid-ref", async (name) => {
    expect(await codeOf(() => requireDraftName(name))).toBe("invalid-ref");
    expect(await codeOf(() => draftBranch("ana", name))).toBe("invalid-ref");
  });

  it.each(["--upload-pack=touch pwned", "-c core.sshCommand=", `${HEX}\n`, `${HEX}^`, `-${HEX}`, "HEAD", "", "\0"])("the commit %j is invalid-ref", async (name) => {
    expect(await codeOf(() => requireCommit(name))).toBe("invalid-ref");
  });

  it.each([
    "ext::sh -c touch% pwned", "fd::17", "git://host/x", "http://host/x", "ftp://host/x", "--upload-pack=touch pwned", "-oProxyCommand=x", "ssh://-oProxyCommand=x/y", "user@-host:x", "user@host:-x",
    "relative/path", "https://host/x\n", "https://host/a b", "", "https:///x", "file://host/x",
  ])("the remote %j is invalid-ref", async (address) => {
    expect(await codeOf(() => requireRemote(address))).toBe("invalid-ref");
    expect(await codeOf(() => openRepository({ dir: join(temporaryFolder(), "r.git"), remote: address, target: "main", environment: ENVIRONMENT }))).toBe("invalid-ref");
  });

  it.each(["https://git.example.com/team/definitions.git", "ssh://git@git.example.com/d.git", "git@git.example.com:team/d.git", "/srv/definitions.git", "file:///srv/definitions.git"])("the remote %s is accepted", (address) => {
    expect(requireRemote(address)).toBe(address);
  });

  it("an author's id becomes a part of a branch, and two ids never the same one", () => {
    expect(segmentOf("ana")).toBe("ana");
    const odd = ["Ana", "auth0|ana", "auth0:ana", "--x", "../..", "Ån", "", "x".repeat(500)].map(segmentOf);
    for (const segment of odd) expect(requireBranch(`draft/${segment}/x`)).toContain(segment);
    expect(new Set(odd).size).toBe(odd.length);
  });

  it("no hook, no alias and no setting of the repository runs anything", async () => {
    const stand = await createGitStand();
    const marker = join(temporaryFolder(), "pwned");
    mkdirSync(join(stand.dir, "hooks"), { recursive: true });
    for (const hook of ["reference-transaction", "pre-receive", "update", "post-update", "post-commit"]) {
      writeFileSync(join(stand.dir, "hooks", hook), `#!/bin/sh\ntouch ${marker}\n`);
      chmodSync(join(stand.dir, "hooks", hook), 0o755);
    }
    writeFileSync(join(stand.dir, "config"), `${readFileSync(join(stand.dir, "config"), "utf8")}\n[core]\n\thooksPath = hooks\n\tfsmonitor = touch ${marker}\n[alias]\n\tls-tree = !touch ${marker}\n`);

    const next = await stand.repository.write({ base: stand.first, parents: [stand.first], changes: new Map([["a.json", "{}\n"]]), author: AUTHOR, at: AT, message: "Next" });
    expect(await stand.repository.move("main", next, stand.first)).toBe(true);
    expect((await stand.repository.texts(next)).map(({ path }) => path)).toEqual(["a.json", "release.json"]);
    expect(existsSync(marker)).toBe(false);
  });
});

describe("row 100: a commit that holds what must not be checked out is repository-invalid", () => {
  type Entries = Parameters<typeof commitOf>[1];
  const CASES: readonly (readonly [title: string, entries: (stand: GitStand) => Entries])[] = [
    ["a symbolic link", (stand) => [["120000", "blob", blobOf(stand, "/etc/passwd"), "decision-table/a.json"]]],
    ["a submodule", () => [["160000", "commit", HEX, "sub"]]],
    ["a file of 9 MB", (stand) => [["100644", "blob", blobOf(stand, Buffer.alloc(9 * 1024 * 1024, 0x20)), "decision-table/a.json"]]],
    ["paths that differ only in case", (stand) => [["100644", "blob", blobOf(stand, "{}"), "decision-table/a.json"], ["100644", "blob", blobOf(stand, "[]"), "Decision-Table/a.json"]]],
    ["paths that differ only in normalization", (stand) => [["100644", "blob", blobOf(stand, "{}"), "\u00C5.json"], ["100644", "blob", blobOf(stand, "[]"), "\u212B.json"]]],
    ["a backslash in a path", (stand) => [["100644", "blob", blobOf(stand, "{}"), "..\\a.json"]]],
    ["a line break in a path", (stand) => [["100644", "blob", blobOf(stand, "{}"), "a\nb.json"]]],
    ["files of 70 MB together", (stand) => {
      const blob = blobOf(stand, Buffer.alloc(7 * 1024 * 1024, 0x20));
      return Array.from({ length: 10 }, (_, index) => ["100644", "blob", blob, `a${index}.json`] as const);
    }],
  ];

  it.each(CASES)("%s", async (_title, entries) => {
    const stand = await createGitStand();
    expect(await codeOf(() => stand.repository.texts(commitOf(stand, entries(stand))))).toBe("repository-invalid");
  });

  it.each([".git/config", ".GIT/hooks/post-checkout", "a/.git/x", "git~1/x", ".git\u200C/x", ".gitmodules"])("the path %j", async (path) => {
    const stand = await createGitStand();
    // Git itself refuses to build such a tree from paths, so its bytes are written as an object.
    const parts = path.split("/");
    let object = blobOf(stand, "{}");
    let mode = "100644";
    for (const part of parts.toReversed()) {
      const entry = Buffer.concat([Buffer.from(`${mode} ${part}\0`), Buffer.from(object, "hex")]);
      object = stand.git(["hash-object", "-w", "-t", "tree", "--literally", "--stdin"], entry);
      mode = "40000";
    }
    const commit = stand.git(["commit-tree", object], "evil\n");
    expect(await codeOf(() => stand.repository.texts(commit))).toBe("repository-invalid");
  });

  it("a pointer of Git LFS, and a text that is not UTF-8", async () => {
    const stand = await createGitStand();
    const pointer = blobOf(stand, `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 1\n`);
    const binary = blobOf(stand, Buffer.from([0x7b, 0xff, 0x7d]));
    for (const blob of [pointer, binary]) {
      expect(await codeOf(() => stand.repository.texts(commitOf(stand, [["100644", "blob", blob, "decision-table/a.json"]])))).toBe("repository-invalid");
    }
  });

  it("a missing content", async () => {
    const stand = await createGitStand();
    expect(await codeOf(() => stand.repository.texts(commitOf(stand, [["100644", "blob", HEX, "decision-table/a.json"]])))).toBe("repository-invalid");
  });
});

describe("row 98: a branch moves only from the commit it is known to be at", () => {
  it("and only to one that contains it: anything else is not-fast-forward", async () => {
    const { repository, first } = await createGitStand();
    const unrelated = await repository.write({ base: null, parents: [], changes: new Map([["x.json", "{}\n"]]), author: AUTHOR, at: AT, message: "Stranger" });
    expect(await codeOf(() => repository.move("main", unrelated, first))).toBe("not-fast-forward");
    expect(await repository.head("main")).toBe(first);
  });

  it("one of two who move it at once wins", async () => {
    const { repository, first } = await createGitStand();
    const next = await Promise.all(["a", "b", "c"].map((name) =>
      repository.write({ base: first, parents: [first], changes: new Map([[`${name}.json`, "{}\n"]]), author: AUTHOR, at: AT, message: name })));
    const moved = await Promise.all(next.map((commit) => repository.move("main", commit, first)));
    expect(moved.filter(Boolean)).toHaveLength(1);
    expect(await repository.head("main")).toBe(next[moved.indexOf(true)]);
  });

  it("a branch instead of a commit is commit-required", async () => {
    const { repository } = await createGitStand();
    for (const name of ["main", "draft/ana/x"]) expect(await codeOf(() => repository.texts(name))).toBe("commit-required");
  });
});

describe("commits", () => {
  it("keep author, instant, message and files; only what changed is written", async () => {
    const { repository, first, git } = await createGitStand();
    const changes = new Map([["decision-table/ä.json", "{}\n"], ["deep/er/still/x.json", "[]\n"]]);
    const commit = await repository.write({ base: first, parents: [first], changes, author: { name: "Ana 'O\"Neil", email: "a@b.c" }, at: AT, message: "Say hello\n\nand \u0007 why" });
    expect(await repository.commits(commit)).toMatchObject([
      { id: commit, parents: [first], author: { name: "Ana 'O\"Neil", email: "a@b.c" }, at: AT, message: "Say hello\n\nand   why" }, { id: first, parents: [] },
    ]);
    expect(await repository.texts(commit)).toEqual([
      { path: "decision-table/ä.json", text: "{}\n" }, { path: "deep/er/still/x.json", text: "[]\n" }, { path: "release.json", text: '{ "name": "2026.11.0" }\n' },
    ]);
    const without = await repository.write({ base: commit, parents: [commit], changes: new Map([["deep/er/still/x.json", null]]), author: AUTHOR, at: AT, message: "Less" });
    expect((await repository.files(without)).map(({ path }) => path)).toEqual(["decision-table/ä.json", "release.json"]);
    expect(git(["fsck", "--strict", "--no-dangling"])).toBe("");
  });

  it("of one file are found by its path, also when it looks like a pattern", async () => {
    const { repository, first } = await createGitStand();
    const commit = await repository.write({ base: first, parents: [first], changes: new Map([["a[b].json", "{}\n"]]), author: AUTHOR, at: AT, message: "Odd" });
    expect((await repository.commits(commit, { paths: ["a[b].json"] })).map(({ id }) => id)).toEqual([commit]);
    expect(await repository.commits(commit, { paths: [":(exclude)x"] })).toEqual([]);
  });
});

describe("a remote", () => {
  async function twoMachines(): Promise<{ readonly shared: string; readonly one: GitStand; readonly other: GitStand["repository"] }> {
    const shared = join(temporaryFolder(), "shared.git");
    rawGit(shared, ["init", "--bare", "--quiet", shared]);
    const one = await createGitStand(shared);
    const other = await openRepository({ dir: join(temporaryFolder(), "other.git"), remote: shared, target: "main", environment: ENVIRONMENT });
    await other.refresh();
    return { shared, one, other };
  }

  it("shares the target branch and drafts between machines", async () => {
    const { shared, one, other } = await twoMachines();
    expect(await other.head("main")).toBe(one.first);
    const next = await one.repository.write({ base: one.first, parents: [one.first], changes: new Map([["a.json", "{}\n"]]), author: AUTHOR, at: AT, message: "Next" });
    expect(await one.repository.move("draft/ana/x", next, null)).toBe(true);
    await other.refresh();
    expect(await other.branches("refs/heads/draft/")).toEqual([{ branch: "draft/ana/x", commit: next }]);
    expect(await other.close("draft/ana/x", next)).toBe(true);
    await one.repository.refresh();
    expect(await one.repository.branches("refs/heads/draft/")).toEqual([]);
    expect(rawGit(shared, ["for-each-ref", "--format=%(refname)"])).toBe("refs/heads/main");
  });

  it("decides who was first", async () => {
    const { one, other } = await twoMachines();
    const mine = await one.repository.write({ base: one.first, parents: [one.first], changes: new Map([["a.json", "{}\n"]]), author: AUTHOR, at: AT, message: "Mine" });
    const theirs = await other.write({ base: one.first, parents: [one.first], changes: new Map([["b.json", "{}\n"]]), author: AUTHOR, at: AT, message: "Theirs" });
    expect(await one.repository.move("main", mine, one.first)).toBe(true);
    expect(await other.move("main", theirs, one.first)).toBe(false);
    expect(await other.head("main")).toBe(mine);
  });

  it("whose target branch was rewritten is not-fast-forward, and ours stays", async () => {
    const { shared, one, other } = await twoMachines();
    const blob = rawGit(shared, ["hash-object", "-w", "--stdin"], "{}\n");
    const stranger = rawGit(shared, ["commit-tree", rawGit(shared, ["mktree"], `100644 blob ${blob}\tx.json\n`)], "rewritten\n");
    rawGit(shared, ["update-ref", "refs/heads/main", stranger]);
    expect(await codeOf(() => other.refresh())).toBe("not-fast-forward");
    expect(await other.head("main")).toBe(one.first);
  });

  it("that is away is unavailable, and what is known stays readable", async () => {
    const { one } = await twoMachines();
    const gone = await openRepository({ dir: one.dir, remote: join(temporaryFolder(), "gone.git"), target: "main", environment: ENVIRONMENT });
    expect(await codeOf(() => gone.refresh())).toBe("unavailable");
    expect(await gone.head("main")).toBe(one.first);
  });
});
