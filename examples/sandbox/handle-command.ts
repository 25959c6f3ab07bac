import { setTimeout as pause } from "node:timers/promises";
import type { Answer } from "./answer.ts";
import { decideCommand, type CommandCall } from "./decide-command.ts";
import type { World } from "./world.ts";

/** Longest wait for a callback that must arrive before the answer: the receiver may be waiting for us. */
const EARLY_CALLBACK_MS_MAX = 2_000;

/** Performs a command. What it does is on the disk before anyone is told. */
export async function handleCommand(world: World, call: CommandCall): Promise<Answer> {
  const { system, action, key, commandId, attempt, orderId, itemId, request } = call;
  const nowMs = world.now();
  const fault = world.faults.strike({ ...call, on: "command" });
  const decision = decideCommand(call, {
    seed: world.seed, nowMs, latency: world.latency, fault, profile: world.profileOf(system), known: world.commands.get(system, key),
  });

  const { stored, messages } = decision;
  if (stored) world.commands.set(system, key, stored);
  await world.journal.append({
    kind: "request", at: instant(nowMs), system, action, key, commandId, attempt, orderId, itemId, effect: decision.effect, fault: fault?.kind ?? null, request, messages,
    settled: stored && { outcome: stored.outcome, requestHash: stored.requestHash, effects: stored.effects, at: instant(stored.settledAtMs), visibleAt: instant(stored.visibleAtMs) },
  });

  if (decision.messagesFirst) {
    const early = Promise.all(messages.map((message) => world.sender.deliver(message)));
    await Promise.race([early, pause(EARLY_CALLBACK_MS_MAX)]);
  } else {
    for (const message of messages) world.sender.plan(message);
  }
  if (decision.answerDelayMs > 0) await pause(decision.answerDelayMs);
  return decision.answer;
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
