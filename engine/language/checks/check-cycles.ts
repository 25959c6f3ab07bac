import type { CompileContext } from "../compile-context.ts";
import { jsonPointer } from "../../support/json-pointer.ts";
import type { PlanTemplate } from "../kinds.ts";

/** A task or milestone of one template and what it waits for. */
interface Node {
  readonly name: string;
  readonly waitsFor: readonly { readonly node: string; readonly path: string }[];
}

/** Names a message shows of one cycle. */
const NAMED_MAX = 60;

/** No task may wait for itself, neither directly nor through other tasks and milestones of its item. */
export function checkCycles(context: CompileContext): void {
  for (const { file, definition: template } of context.index.all("plan-template")) {
    const report = context.reportFor(file);
    for (const { names, path } of findCycles(graphOf(template, context))) {
      report(
        "graph-cycle", path,
        `These wait for each other and never start: ${shorten(names).join(" -> ")}. Remove one of the dependencies.`,
      );
    }
    template.billingTriggers.forEach((key, position) => {
      const trigger = context.index.get("billing-trigger", key);
      if (trigger?.milestone === "item-completed" && trigger.blocksCompletion) {
        report(
          "graph-cycle", jsonPointer("billingTriggers", position),
          `These wait for each other and never start: item-completed -> ${key} -> item-completed. Choose another milestone, or let the trigger not block completion.`,
        );
      }
    });
  }
}

/** Names all of a cycle an author can follow; of a longer one its beginning and its end. */
function shorten(names: readonly string[]): readonly string[] {
  return names.length <= NAMED_MAX ? names : [...names.slice(0, NAMED_MAX - 10), `… ${names.length - NAMED_MAX} more …`, ...names.slice(-10)];
}

function graphOf(template: PlanTemplate, context: CompileContext): Map<string, Node> {
  const graph = new Map<string, Node>();
  const mandatory: { readonly node: string; readonly path: string }[] = [];
  template.tasks.forEach((task, position) => {
    const node = `task ${task.key}`;
    if (task.mandatory ?? context.index.get("task-type", task.type)?.mandatory ?? true) mandatory.push({ node, path: jsonPointer("tasks", position) });
    const waitsFor = (task.dependsOn ?? []).flatMap((edge, place) => {
      const path = jsonPointer("tasks", position, "dependsOn", place);
      if (edge.item) return [];
      if (edge.task !== undefined) return [{ node: `task ${edge.task}`, path }];
      return edge.milestone === undefined ? [] : [{ node: `milestone ${edge.milestone}`, path }];
    });
    graph.set(node, { name: task.key, waitsFor });
  });
  template.milestones.forEach((milestone, position) => {
    const waitsFor = "reachedBy" in milestone
      ? milestone.reachedBy.map((key, place) => ({ node: `task ${key}`, path: jsonPointer("milestones", position, "reachedBy", place) }))
      : [];
    graph.set(`milestone ${milestone.key}`, { name: milestone.key, waitsFor });
  });
  graph.set("milestone item-completed", { name: "item-completed", waitsFor: mandatory });
  return graph;
}

/** Every dependency that closes a cycle, with the names on the way. Depth first with a stack of its own: plans may be deep. */
function findCycles(graph: ReadonlyMap<string, Node>): { readonly names: string[]; readonly path: string }[] {
  const cycles: { names: string[]; path: string }[] = [];
  const done = new Set<string>();
  for (const start of graph.keys()) {
    if (done.has(start)) continue;
    const trail: { readonly node: string; next: number }[] = [{ node: start, next: 0 }];
    const onTrail = new Map<string, number>([[start, 0]]);
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const edge = graph.get(top.node)?.waitsFor[top.next];
      if (!edge) {
        done.add(top.node);
        onTrail.delete(top.node);
        trail.pop();
        continue;
      }
      top.next += 1;
      const loop = onTrail.get(edge.node);
      if (loop !== undefined) {
        const names = [...trail.slice(loop).map(({ node }) => node), edge.node].map((node) => graph.get(node)?.name ?? node);
        cycles.push({ names, path: edge.path });
      } else if (graph.has(edge.node) && !done.has(edge.node)) {
        onTrail.set(edge.node, trail.length);
        trail.push({ node: edge.node, next: 0 });
      }
    }
  }
  return cycles;
}
