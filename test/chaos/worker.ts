import { examine, type WorldName } from "./examine.ts";

/** Makes this process a worker: it examines the worlds it is sent, one after the other, until its parent lets it go. */
export function serveWorlds(): void {
  process.on("message", (job: { readonly world: WorldName; readonly twice: boolean }) => {
    examine(job.world, job.twice).then(
      (verdict) => process.send?.(verdict),
      (error: unknown) => {
        process.stderr.write(`${JSON.stringify(job.world)}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
