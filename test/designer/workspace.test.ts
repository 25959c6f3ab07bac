import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { formatDefinition } from "../../engine/language/format-definition.ts";
import type { Json } from "../../engine/support/json.ts";
import type { Definition, RetryPolicy } from "../../engine/language/kinds.ts";
import { changedFiles, currentFiles, editDefinition, editFiles, openWorkspace, redo, typeText, undo, useWorkspace } from "../../designer/workspace/workspace.ts";

const policy = (key: string, maxAttempts: number): RetryPolicy => ({
  kind: "retry-policy", key, version: 1, title: key, description: "Tries again.", maxAttempts,
  retryOn: { classes: ["TRANSIENT"] }, onExhausted: "FALLOUT",
});

const PATHS = ["a", "b", "c"].map((key) => `retry-policy/${key}.json`);

function open(definitions: readonly Definition[] = [policy("a", 1), policy("b", 2)]): void {
  openWorkspace({ release: { digest: "d".repeat(64), name: "2026.11.0" }, files: definitions.map((definition) => ({ path: `${definition.kind}/${definition.key}.json`, text: formatDefinition(definition as unknown as Json) })) });
}

/** The draft as the bytes that would be saved. */
function bytes(): string {
  return JSON.stringify([...currentFiles()].map(([path, { text }]) => [path, text]).sort());
}

const edit = fc.oneof(
  fc.record({ how: fc.constant("form" as const), key: fc.constantFrom("a", "b", "c"), attempts: fc.integer({ min: 1, max: 9 }), burst: fc.boolean() }),
  fc.record({ how: fc.constant("text" as const), path: fc.constantFrom(...PATHS), text: fc.oneof(fc.string(), fc.constant('{ "kind": "retry-policy" }')) }),
  fc.record({ how: fc.constant("remove" as const), path: fc.constantFrom(...PATHS) }),
);

function perform(change: typeof edit extends fc.Arbitrary<infer T> ? T : never): void {
  if (change.how === "form") editDefinition(policy(change.key, change.attempts), { label: "Attempts", ...(change.burst ? { burst: "attempts" } : {}) });
  else if (change.how === "text") typeText(change.path, change.text, "Edit JSON");
  else editFiles([{ path: change.path, content: null }], { label: "Remove" });
}

describe("one history over canvas, form, grid and JSON", () => {
  beforeEach(() => open());

  it("undone fully gives the original bytes, redone fully the final ones", () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (changes) => {
        open();
        const original = bytes();
        for (const change of changes) perform(change);
        const final = bytes();
        const steps = useWorkspace.getState().history.past.length;
        for (let step = 0; step < steps; step += 1) undo();
        expect(bytes()).toBe(original);
        for (let step = 0; step < steps; step += 1) redo();
        expect(bytes()).toBe(final);
      }),
    );
  });

  it("takes typing in a row as one step", () => {
    for (const text of ["{", "{ ", "{ }"]) typeText(PATHS[0] ?? "", text, "Edit JSON");
    expect(useWorkspace.getState().history.past).toHaveLength(1);
  });

  it("keeps the content while the text is no JSON, and says why", () => {
    const before = currentFiles().get(PATHS[0] ?? "")?.content;
    typeText(PATHS[0] ?? "", "{ not json", "Edit JSON");
    const file = currentFiles().get(PATHS[0] ?? "");
    expect(file?.content).toBe(before);
    expect(file?.text).toBe("{ not json");
    expect(file?.unread).not.toBeNull();
  });

  it("forgets what was undone as soon as something else is done", () => {
    editDefinition(policy("a", 5), { label: "Attempts" });
    undo();
    editDefinition(policy("b", 7), { label: "Attempts" });
    const { history } = useWorkspace.getState();
    expect(history.future).toEqual([]);
    redo();
    expect(useWorkspace.getState().history).toBe(history);
  });

  it("says which files differ from the live release", () => {
    editDefinition(policy("a", 5), { label: "Attempts" });
    editDefinition(policy("c", 1), { label: "New" });
    editFiles([{ path: PATHS[1] ?? "", content: null }], { label: "Remove" });
    const { baseFiles, history } = useWorkspace.getState();
    expect(Object.fromEntries(changedFiles(baseFiles, history.files))).toEqual({ [PATHS[0] ?? ""]: "changed", [PATHS[1] ?? ""]: "removed", [PATHS[2] ?? ""]: "added" });
  });
});
