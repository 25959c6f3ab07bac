import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The web application. The page runs under a strict content security policy: nothing inline, no data: addresses. */
export default defineConfig({
  root: "designer",
  plugins: [react()],
  /** The server writes a fresh nonce here for every answer. */
  html: { cspNonce: "ORDERLOOM_NONCE" },
  build: {
    outDir: "../dist/designer",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(["/api", "/tmf-api", "/demo"].map((path) => [path, "http://127.0.0.1:3000"])),
  },
});
