import { basename, join } from "node:path";
import express, { Router } from "express";
import { WORKER_POLICY } from "./security-headers.ts";

/** Beginnings of paths that are no pages: an unknown address there is a problem, not the application. */
const NOT_PAGES = ["/api/", "/tmf-api/", "/callbacks/", "/health/", "/problems/", "/demo/", "/assets/"] as const;

/**
 * The built web application. Every other GET of a browser gets `index.html`, because the application has its own routes.
 * Files under `assets` carry their hash in their name and may be kept for ever.
 */
export function webPage(root: string): Router {
  const router = Router();
  router.use(
    express.static(root, {
      dotfiles: "ignore",
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
    response.sendFile(join(root, "index.html"), { headers: { "Cache-Control": "no-cache" } }, (error: Error | undefined) => {
      if (error !== undefined && !response.headersSent) next();
    });
  });
  return router;
}
