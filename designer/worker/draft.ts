import { wrap, type Remote } from "comlink";
import { draft as words } from "../strings/draft.ts";
import type { DraftService } from "./draft-service.ts";

interface Started {
  readonly service: Remote<DraftService>;
  readonly answers: Promise<void>;
}

let started: Started | null = null;

/** The worker that keeps and sends drafts; it computes nothing else, so that keeping never waits. */
export function draftService(): Remote<DraftService> {
  started ??= start();
  return started.service;
}

/** Starts that worker; settles when it answers. Nobody edits before: without a network it could not be loaded any more. */
export function startDraftService(): Promise<void> {
  started ??= start();
  return started.answers;
}

function start(): Started {
  const worker = new Worker(new URL("./draft-worker.ts", import.meta.url), { type: "module", name: "draft" });
  const service = wrap<DraftService>(worker);
  const answers = new Promise<void>((resolve, reject) => {
    worker.addEventListener("error", () => {
      started = null;
      reject(new Error(words.notKept));
    });
    void service.answers().then(() => resolve());
  });
  return { service, answers };
}
