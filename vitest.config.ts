import { defineConfig } from "vitest/config";
import { quickTemporaryFolder } from "./test/support/temporary-folder.ts";

/** Processes of the tests, and what they start, inherit it. */
process.env["TMPDIR"] ??= quickTemporaryFolder();

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/slow/**"],
    globalSetup: ["test/support/postgres-global-setup.ts"],
    maxWorkers: "100%",
    testTimeout: 30_000,
    // No test replaces a module, so files may share loaded ones; loading the engine for each anew took a third of the time.
    isolate: false,
    hookTimeout: 60_000,
  },
});
