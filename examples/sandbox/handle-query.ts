import { setTimeout as pause } from "node:timers/promises";
import type { Answer } from "./answer.ts";
import { answerAfterEffect, answerBeforeEffect } from "./fault-answers.ts";
import type { Occasion } from "./fault-book.ts";
import type { World } from "./world.ts";

/** Answers what became of a command. A system of the class `neither` cannot. */
export async function handleQuery(world: World, occasion: Occasion): Promise<Answer> {
  const { system, key } = occasion;
  const nowMs = world.now();
  const fault = world.faults.strike(occasion);
  const answer = answerBeforeEffect(fault) ?? answerAfterEffect(fault) ?? statusAnswer(world, system, key, nowMs);
  const { status, code } = answer.kind === "json" ? answer.body : {};
  const said = typeof status === "string" ? status : typeof code === "string" ? code : answer.kind;
  await world.journal.append({ kind: "query", at: new Date(nowMs).toISOString(), system, key, fault: fault?.kind ?? null, answer: said });
  if (fault?.kind === "delay") await pause(fault.ms);
  return answer;
}

function statusAnswer(world: World, system: string, key: string, nowMs: number): Answer {
  if (world.profileOf(system).effects === "neither") {
    return { kind: "json", status: 501, body: { code: "NOT_SUPPORTED", message: "This system answers no questions." } };
  }
  const known = world.commands.get(system, key);
  const ok = (body: { readonly [member: string]: string }): Answer => ({ kind: "json", status: 200, body });
  if (!known || nowMs < known.visibleAtMs) return ok({ status: "notFound" });
  if (nowMs < known.settledAtMs) return ok({ status: "inProgress" });
  return { kind: "json", status: 200, body: { ...known.outcome } };
}
