import type { CompileContext } from "../compile-context.ts";

/** A person's task of a plan must say where it waits and by when it is due; only repairs take both from their case. */
export function checkManualTasks(context: CompileContext): void {
  const used = new Set(context.index.all("task-type").flatMap(({ definition: { work } }) => (work.by === "person" ? [work.manualTask] : [])));
  for (const { file, definition } of context.index.all("manual-task")) {
    if (!used.has(definition.key)) continue;
    const missing = [definition.queue === undefined ? "queue" : null, definition.sla === undefined ? "sla" : null].filter((name) => name !== null);
    if (missing.length > 0) context.reportFor(file)(
      "human-task-incomplete", "",
      `Task types give this to people, so it needs ${missing.join(" and ")}; add ${missing.length > 1 ? "them" : "it"}.`,
    );
  }
}
