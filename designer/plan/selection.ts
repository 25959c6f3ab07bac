import type { PlanView } from "./plan-view.ts";

/** What is selected in a plan: a task, one of its dependencies, or nothing of the picture. */
export type Selected = { readonly kind: "task"; readonly key: string } | { readonly kind: "edge"; readonly pointer: string } | null;

/** Reads the selection from a place in the template: the dependency or task the place lies in. */
export function selectedIn(view: PlanView, at: string): Selected {
  const [, edge] = /^(\/tasks\/\d+\/dependsOn\/\d+)(\/|$)/.exec(at) ?? [];
  if (edge !== undefined && view.edges.some(({ pointer }) => pointer === edge)) return { kind: "edge", pointer: edge };
  const [, task] = /^(\/tasks\/\d+)(\/|$)/.exec(at) ?? [];
  const card = view.tasks.find(({ pointer }) => pointer === task);
  return card === undefined ? null : { kind: "task", key: card.key };
}

/** The waiting task and the position of a dependency in its list. */
export function edgeAt(view: PlanView, pointer: string): { readonly to: string; readonly index: number } | null {
  const edge = view.edges.find((candidate) => candidate.pointer === pointer);
  const index = /\/dependsOn\/(\d+)$/.exec(pointer)?.[1];
  return edge === undefined || index === undefined ? null : { to: edge.to, index: Number(index) };
}
