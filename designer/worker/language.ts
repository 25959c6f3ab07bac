import { wrap, type Remote } from "comlink";
import type { LanguageService } from "./language-service.ts";

let service: Remote<LanguageService> | null = null;

/** The compiler, started when it is first needed. */
export function languageService(): Remote<LanguageService> {
  service ??= wrap<LanguageService>(new Worker(new URL("./language-worker.ts", import.meta.url), { type: "module", name: "language" }));
  return service;
}
