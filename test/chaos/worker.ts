import { performJob } from "./perform-job.ts";
import type { Job } from "./workers.ts";

/** Makes this process a worker: it does the jobs it is sent, one after the other, until its parent lets it go. */
export function serveJobs(): void {
  process.on("message", (job: Job) => {
    performJob(job).then(
      (result) => process.send?.(result),
      (error: unknown) => {
        process.stderr.write(`${JSON.stringify(job)}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
