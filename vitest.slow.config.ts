import { defineConfig } from "vitest/config";

/** Suites that start processes and take minutes. */
export default defineConfig({
  test: {
    include: ["test/slow/**/*.test.ts"],
    globalSetup: ["test/support/postgres-global-setup.ts"],
    fileParallelism: false,
    testTimeout: 400_000,
    hookTimeout: 120_000,
  },
});
