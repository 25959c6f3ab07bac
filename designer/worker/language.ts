import { wrap, type Remote } from "comlink";
import type { Json } from "../../engine/support/json.ts";
import { FileMirror } from "./file-mirror.ts";
import type { CheckAnswer, LanguageService } from "./language-service.ts";

interface Started {
  readonly service: Remote<LanguageService>;
  /** What the worker knows of the draft. */
  readonly mirror: FileMirror;
}

type Files = ReadonlyMap<string, { readonly content: Json }>;

let checker: Started | null = null;
let reader: Started | null = null;
let version = 0;

/** The compiler over the draft as it was last checked, started when it is first needed. */
export function languageService(): Remote<LanguageService> {
  checker ??= start("language");
  return checker.service;
}

/** Checks these files in the worker; null when they are what was checked last. An answer of an older version is out of date. */
export function checkFiles(files: Files): { readonly version: number; readonly answer: Promise<CheckAnswer> } | null {
  checker ??= start("language");
  const updates = checker.mirror.updatesTo(files);
  if (updates.length === 0) return null;
  version += 1;
  return { version, answer: checker.service.check(version, updates) };
}

/**
 * A second worker, for what must answer while a check runs: the analysis of a table, its row tests.
 * It knows the given files before it is asked.
 */
export function tableService(files: Files): Remote<LanguageService> {
  reader ??= start("tables");
  const updates = reader.mirror.updatesTo(files);
  // Messages arrive in order, so nobody needs to wait for this one.
  if (updates.length > 0) void reader.service.take(updates);
  return reader.service;
}

function start(name: string): Started {
  const service = wrap<LanguageService>(new Worker(new URL("./language-worker.ts", import.meta.url), { type: "module", name }));
  return { service, mirror: new FileMirror() };
}
