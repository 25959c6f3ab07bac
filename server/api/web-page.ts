import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import express, { Router } from "express";
import { pagePolicy, WORKER_POLICY } from "./security-headers.ts";

/** Beginnings of paths that are no pages: an unknown address there is a problem, not the application. */
const NOT_PAGES = ["/api/", "/tmf-api/", "/callbacks/", "/health/", "/problems/", "/demo/", "/assets/"] as const;

/** Stands in the built page wherever the nonce of the answer belongs; `vite.config.ts` puts it there. */
const NONCE_PLACE = "ORDERLOOM_NONCE";

/**
 * The built web application. Every other GET of a browser gets `index.html`, because the application has its own routes.
 * Files under `assets` carry their hash in their name and may be kept for ever.
 */
export function webPage(root: string): Router {
  const page = pageFile(join(root, "index.html"));
  const router = Router();
  router.use(
    express.static(root, {
      dotfiles: "ignore",
      index: false,
      fallthrough: true,
      setHeaders: (response, file) => {
        if (/worker/i.test(basename(file))) response.setHeader("Content-Security-Policy", WORKER_POLICY);
        response.setHeader("Cache-Control", file.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
      },
    }),
  );
  router.use((request, response, next) => {
    const isPage = request.method === "GET" && request.accepts(["json", "html"]) === "html" && !NOT_PAGES.some((start) => request.path.startsWith(start));
    if (!isPage) {
      next();
      return;
    }
    const nonce = randomBytes(16).toString("base64");
    response.set({ "Cache-Control": "no-cache", "Content-Security-Policy": pagePolicy(nonce) }).type("html").send(page().replaceAll(NONCE_PLACE, nonce));
  });
  return router;
}

/** The text of a file, read again when it was written again: a new build is served without a restart. While it is being written, the old one is. */
function pageFile(path: string): () => string {
  let writtenMs = statSync(path).mtimeMs;
  let text = readFileSync(path, "utf8");
  return () => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat !== undefined && stat.mtimeMs !== writtenMs && stat.size > 0) {
      writtenMs = stat.mtimeMs;
      text = readFileSync(path, "utf8");
    }
    return text;
  };
}
