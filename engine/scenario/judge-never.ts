import type { Expectations, Unwanted } from "../language/scenario-kinds.ts";
import type { Simulation } from "../simulate/simulate.ts";
import type { Complain } from "./judge.ts";
import type { Told } from "./told.ts";

/** What must not happen, at no time of the run. */
export function judgeNever({ never }: Expectations, simulation: Simulation, told: Told, complain: Complain): void {
  never?.forEach((unwanted, position) => {
    const [words, happened] = occurrence(unwanted, simulation, told);
    if (happened) complain(`${words} never`, "a run in which it is", "never", position);
  });
}

/** What is unwanted, in words, and whether it happened. */
function occurrence(unwanted: Unwanted, simulation: Simulation, told: Told): readonly [string, boolean] {
  if ("task" in unwanted) {
    const { task, state } = unwanted;
    return state === undefined
      ? [`task ${task} to be begun`, told.begun.some((step) => step.task === task)]
      : [`task ${task} to be ${state}`, told.states.has(`${task} ${state}`)];
  }
  if ("milestone" in unwanted) return [`milestone ${unwanted.milestone} to be reached`, told.milestones.some(({ milestone, outcome }) => milestone === unwanted.milestone && outcome === "REACHED")];
  if ("command" in unwanted) return [`${unwanted.command} to be sent`, (simulation.commands[unwanted.command] ?? 0) > 0];
  const isMeant = (item: string): boolean => unwanted.item === undefined || unwanted.item === item;
  if ("status" in unwanted) return [`the customer to see ${unwanted.status}`, Object.entries(told.customerStatus).some(([item, seen]) => isMeant(item) && seen.includes(unwanted.status))];
  return [`a message about ${unwanted.message} to be sent`, told.messages.some(({ item, about }) => isMeant(item) && about === unwanted.message)];
}
