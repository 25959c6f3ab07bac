import { createHash } from "node:crypto";
import { admissionCandidates } from "../../../engine/interpret/admission-candidates.ts";
import { interpret } from "../../../engine/interpret/interpret.ts";
import type { OrderEvent } from "../../../engine/order/events.ts";
import type { TaskReport } from "../../../engine/order/inputs.ts";
import type { Work } from "../../../server/work/contract.ts";
import type { Planted } from "./planted.ts";
import { changeTypes, rebuild, withAnswers, withEngine, withRelease, withoutHolds, withStore, type Accepted } from "./tools.ts";

const sha = (text: string) => createHash("sha256").update(text).digest("hex");
const withoutInbox = ({ inbox: _inbox, ...work }: Work): Work => work;

/** Replaces keys of commands and of the events that say they were sent, alike. */
function rekey(answer: Accepted, before: Parameters<typeof rebuild>[0], key: (taskId: string, commandId: string, known: string) => string): Accepted {
  const events = answer.events.map((event): OrderEvent => (event.type === "TaskDispatched" ? { ...event, idempotencyKey: key(event.taskId, event.commandId, event.idempotencyKey) } : event));
  const commands = answer.commands.map((command) => (command.type === "DispatchTask" ? { ...command, idempotencyKey: key(command.taskId, command.commandId, command.idempotencyKey) } : command));
  return rebuild(before, answer, events, commands);
}

/** The first fifteen planted bugs of the list (design, 3.7). */
export const FIRST_FIFTEEN: readonly Planted[] = [
  { name: "a new key per attempt", listed: true, parts: () => withAnswers((answer, before) => rekey(answer, before, (_taskId, commandId, known) => (commandId.endsWith("/1") ? known : sha(known + commandId)))) },
  {
    name: "no inbox", listed: true,
    parts: () => withStore((store) => ({ ...store, commit: async (works, sweep) => {
      const bare = new Map(works.map((work) => [work, work.inbox?.source === "intake" ? work : withoutInbox(work)]));
      const committed = await store.commit([...bare.values()], sweep);
      return { ...committed, results: new Map(works.map((work) => [work, committed.results.get(bare.get(work) ?? work) ?? { outcome: "duplicate" }])) };
    } })),
  },
  {
    name: "an inbox keyed by id without source", listed: true,
    parts: () => withStore((store) => ({ ...store, commit: async (works, sweep) => {
      const bare = new Map(works.map((work): [Work, Work] => [work, work.inbox && work.inbox.source !== "intake" ? { ...work, inbox: { ...work.inbox, source: "anyone" } } : work]));
      const committed = await store.commit([...bare.values()], sweep);
      return { ...committed, results: new Map(works.map((work) => [work, committed.results.get(bare.get(work) ?? work) ?? { outcome: "duplicate" }])) };
    } })),
  },
  {
    name: "the inbox written after the input is applied", listed: true,
    parts: () => withStore((store) => {
      // Written by a job of its own every so often; what it has not written when the process dies is forgotten.
      const known = new Map<string, Work>();
      const open: Work[] = [];
      const forgotten: Work[] = [];
      const id = ({ inbox }: Work) => JSON.stringify([inbox?.source, inbox?.messageId]);
      return {
        ...store,
        restart: () => { forgotten.push(...open.splice(0)); store.restart(); },
        commit: async (works, sweep) => {
          const late = open.length >= 20 ? open.splice(0) : [];
          for (const work of late) known.set(id(work), work);
          const bare = new Map(works.map((work): [Work, Work | null] => [work, work.inbox && work.inbox.source !== "intake" ? (known.has(id(work)) ? null : withoutInbox(work)) : work]));
          const committed = await store.commit([...bare.values()].flatMap((work) => work ?? []), sweep);
          for (const work of works) if (work.inbox && bare.get(work) !== work) open.push(work);
          return { ...committed, results: new Map(works.map((work) => [work, committed.results.get(bare.get(work) ?? work) ?? { outcome: "duplicate" }])) };
        },
        dump: async () => {
          const dump = await store.dump();
          const rows = [...known.values(), ...open, ...forgotten].map(({ inbox, orderId, input }) => ({ source: inbox?.source ?? "", messageId: inbox?.messageId ?? "", orderId, inputId: input.id, status: "applied", error: null }));
          return { ...dump, inbox: [...dump.inbox, ...rows] };
        },
      };
    }),
  },
  {
    name: "the outbox marked as done before it is sent", listed: true,
    parts: () => withStore((store) => ({
      ...store,
      takeOver: async (at, limit) => (await store.takeOver(at, limit)).filter(({ command }) => command.type === "QueryTask"),
      dump: async () => { const dump = await store.dump(); return { ...dump, outbox: dump.outbox.map((row) => ({ ...row, status: "settled" })) }; },
    })),
  },
  {
    name: "the outbox marked as done although the answer was an error", listed: true,
    parts: () => {
      const dropped = new Set<string>();
      const failed = ({ status }: TaskReport) => status === "failed" || status === "unanswered";
      const marked = withStore((store) => ({
        ...store,
        takeOver: async (at, limit) => (await store.takeOver(at, limit)).filter(({ command }) => !dropped.has(command.commandId)),
        dump: async () => { const dump = await store.dump(); return { ...dump, outbox: dump.outbox.map((row) => (dropped.has(row.id) ? { ...row, status: "settled" } : row)) }; },
      }));
      return { ...marked, report: ({ command }, report) => {
        if (!failed(report)) return report;
        dropped.add(command.commandId);
        return null;
      } };
    },
  },
  {
    name: "a timeout taken for a failure", listed: true,
    parts: () => withAnswers((answer, before, input) => {
      const position = answer.events.findIndex(({ type }) => type === "TaskOutcomeBecameUnknown");
      const event = answer.events[position];
      if (event?.type !== "TaskOutcomeBecameUnknown" || input.type !== "TimerFired") return null;
      return rebuild(before, answer, [...answer.events.slice(0, position), { type: "TaskFailedFinally", taskId: event.taskId, reason: event.cause, at: event.at }], []);
    }),
  },
  {
    name: "a timeout answered by sending again without asking", listed: true,
    parts: () => withAnswers((answer, before, _input, release) => {
      const position = answer.events.findIndex(({ type }) => type === "TaskOutcomeBecameUnknown");
      const event = answer.events[position];
      if (event?.type !== "TaskOutcomeBecameUnknown") return null;
      const planned = before?.plan?.graph.tasks.find(({ id }) => id === event.taskId);
      const task = before?.tasks.find(({ id }) => id === event.taskId);
      if (release.taskTypes.get(planned?.type ?? "")?.targetSystem?.definition.effects.class !== "queryable" || !task || task.attempts > 2) return null;
      return rebuild(before, answer, [...answer.events.slice(0, position), { type: "TaskRetryScheduled", taskId: event.taskId, retryAt: event.at, attempt: task.attempts + 1, reason: event.cause, at: event.at }], []);
    }),
  },
  {
    name: "\"not found\" believed at once", listed: true,
    parts: () => withRelease((release) => changeTypes(release, (type) => (type.targetSystem ? { ...type, targetSystem: { ...type.targetSystem, settleWindowMs: 0 } } : type))),
  },
  {
    name: "a system that knows no keys sent to again", listed: true,
    parts: () => withRelease((release) => changeTypes(release, (type) => {
      const { targetSystem, retry } = type;
      if (targetSystem?.definition.effects.class !== "neither" || !retry) return type;
      const definition = { ...targetSystem.definition, effects: { class: "idempotent-key" } as const };
      return { ...type, targetSystem: { ...targetSystem, definition }, retry: { ...retry, initialDelayMs: 1_000, maxDelayMs: 1_000, definition: { ...retry.definition, maxAttempts: 3 } } };
    })),
  },
  {
    name: "completion counted when a command is sent", listed: true,
    parts: () => withAnswers(async (answer, before, input, release) => {
      if (input.type !== "TasksAdmitted") return null;
      let { order } = answer;
      const events = [...answer.events];
      for (const event of answer.events) {
        if (event.type !== "TaskDispatched") continue;
        const counted = await interpret(order, { ...input, type: "TaskReported", taskId: event.taskId, via: "response", attempt: event.attempt, report: { status: "succeeded", result: { reference: "surely" } } }, release);
        if (!counted.accepted) continue;
        events.push(...counted.events);
        ({ order } = counted);
      }
      return rebuild(before, answer, events);
    }),
  },
  {
    name: "a hold ignored when work becomes ready", listed: true,
    parts: () => withAnswers(async (answer, before, input, release) => {
      if (!before || input.type === "TasksAdmitted" || !answer.order.items.some(({ state }) => state === "HELD")) return null;
      const blind = await interpret(withoutHolds(before), input, release);
      if (!blind.accepted) return null;
      const ready = new Set(answer.events.flatMap((event) => (event.type === "TaskReady" ? [event.taskId] : [])));
      const more = blind.events.filter((event) => event.type === "TaskReady" && !ready.has(event.taskId) && answer.order.tasks.some(({ id, state }) => id === event.taskId && state === "PENDING"));
      return more.length === 0 ? null : rebuild(before, answer, [...answer.events, ...more]);
    }),
  },
  {
    name: "a hold ignored by what is queued already", listed: true,
    parts: () => {
      const free = (order: Parameters<typeof admissionCandidates>[0]) => withoutHolds(order);
      return withEngine({
        admissionCandidates: (order, release, positions) => admissionCandidates(free(order), release, positions),
        async interpret(order, input, release) {
          const answer = await interpret(order, input, release);
          if (input.type !== "TasksAdmitted" || !order || !answer.accepted || !order.items.some(({ state }) => state === "HELD")) return answer;
          const blind = await interpret(withoutHolds(order), input, release);
          const sent = new Set(answer.events.flatMap((event) => (event.type === "TaskDispatched" ? [event.taskId] : [])));
          const more = blind.accepted ? blind.events.filter((event) => event.type === "TaskDispatched" && !sent.has(event.taskId)) : [];
          const commands = blind.accepted ? blind.commands.filter((command) => command.type === "DispatchTask" && !sent.has(command.taskId)) : [];
          return more.length > 0 ? rebuild(order, answer, [...answer.events, ...more], [...answer.commands, ...commands]) : answer;
        },
      });
    },
  },
  {
    name: "the timers of work that is over kept", listed: true,
    parts: () => withAnswers((answer) => ({ ...answer, commands: answer.commands.filter((command) => command.type !== "CancelTimer" || command.timerId.endsWith("#due") || command.timerId.endsWith("#deadline")) })),
  },
  {
    name: "undoing without a key of its own", listed: true,
    parts: () => withAnswers((answer, before) => {
      const undo = (taskId: string) => taskId.includes("/undo.");
      return answer.events.some((event) => event.type === "TaskDispatched" && undo(event.taskId)) ? rekey(answer, before, (taskId, commandId, known) => (undo(taskId) ? sha(commandId) : known)) : null;
    }),
  },
];
