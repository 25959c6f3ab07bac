import helmet from "helmet";
import type { RequestHandler } from "express";

const DIRECTIVES = {
  "default-src": ["'self'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  "img-src": ["'self'", "data:"],
  "connect-src": ["'self'"],
  "worker-src": ["'self'"],
  "object-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
} as const;

/** Security headers of every answer. The content security policy has no inline and no eval. */
export function securityHeaders(): RequestHandler {
  const directives = Object.fromEntries(Object.entries(DIRECTIVES).map(([name, sources]) => [name, [...sources]]));
  return helmet({ contentSecurityPolicy: { useDefaults: false, directives } });
}

/**
 * The policy of one page. Its own `<style>` elements carry the nonce, because components and the text editor write
 * styles at run time; the editor also positions its lines by style attributes. Scripts stay files of ours, whatever a
 * style says.
 */
export function pagePolicy(nonce: string): string {
  return Object.entries({ ...DIRECTIVES, "style-src": ["'self'", `'nonce-${nonce}'`], "style-src-attr": ["'unsafe-inline'"] }).map(([name, sources]) => `${name} ${sources.join(" ")}`).join("; ");
}

/** The policy of a worker's own script: there, and only there, ajv may compile the schemas definitions carry (architecture 5). */
export const WORKER_POLICY = "default-src 'self'; script-src 'self' 'unsafe-eval'; connect-src 'self'; object-src 'none'; base-uri 'none'";
