import type { Edit } from "./edit-release.ts";
import { broken, type CheckExample } from "./check-example.ts";
import { TEMPLATE, RESERVE, ACTIVATE, NETWORK, STANDARD } from "./files.ts";

const RESERVED = { type: "output", task: "reserve", with: { output: "reservationId" } };

/** So many tasks, each waiting for the one before and the first one for a person. */
function chain(size: number): Edit[] {
  const before = (place: number) => (place === 0 ? { type: "human", task: "approve", with: { accept: ["APPROVED"] } } : { type: "success", task: `link-${place - 1}` });
  return Array.from({ length: size }, (_, place): Edit => [TEMPLATE, "/tasks/-", { key: `link-${place}`, type: "release", dependsOn: [RESERVED, before(place)] }]);
}

/** Work, failure and undoing. */
export const workExamples: readonly CheckExample[] = [
  broken("target-system-missing", "a system is not named", `${ACTIVATE}#`, [ACTIVATE, "/targetSystem", undefined], [NETWORK, "", undefined]),
  broken("retry-missing", "nothing is said about failures", `${ACTIVATE}#`, [ACTIVATE, "/retry", undefined]),
  broken("timeout-missing", "nothing is said about lost answers", `${ACTIVATE}#`, [ACTIVATE, "/timeout", undefined]),
  broken("evidence-missing", "a command proves nothing", `${ACTIVATE}#`, [ACTIVATE, "/evidence", undefined]),
  broken("downstream-class-missing", "the effects class is missing", "target-system/carrier.json#/effects", ["target-system/carrier.json", "/effects", {}]),
  broken("downstream-class-missing", "effects are missing", "target-system/carrier.json#", ["target-system/carrier.json", "/effects", undefined]),
  broken("unsafe-retry", "a system that does everything twice is asked three times", "task-type/ship.json#/retry", ["task-type/ship.json", "/retry", "standard"], ["retry-policy/once.json", "", undefined]),
  broken("unsafe-retry", "a system that answers nothing is asked for the status", "task-type/ship.json#/timeout", ["task-type/ship.json", "/timeout", "ask"], ["timeout-policy/tell.json", "", undefined]),
  broken("unsafe-retry", "a system without keys gets the same command again", `${ACTIVATE}#/timeout`, [ACTIVATE, "/timeout", "keyed"]),
  broken("unsafe-retry", "a system that must be asked first is not asked", `${ACTIVATE}#/retry`, [STANDARD, "/reconcileFirst", false]),
  broken("unsafe-retry", "nothing says when 'not found' may be believed", `${NETWORK}#/effects`, [NETWORK, "/effects", { class: "queryable" }]),
  ...[0, -1, 101].map((attempts) => broken("policy-out-of-range", `there are ${attempts} attempts`, `${STANDARD}#/maxAttempts`, [STANDARD, "/maxAttempts", attempts])),
  broken("policy-out-of-range", "there are a billion attempts", `${STANDARD}#/maxAttempts`, [STANDARD, "/maxAttempts", 1_000_000_000]),
  broken("policy-out-of-range", "billing is escalated before its answer can be late", "billing-trigger/demo-start.json#/escalateAfter", ["billing-trigger/demo-start.json", "/escalateAfter", "PT10S"]),
  broken("policy-out-of-range", "all attempts are made at once", `${STANDARD}#/backoff/initialDelay`, [STANDARD, "/backoff", { strategy: "FIXED", initialDelay: "PT0S" }]),
  broken("policy-out-of-range", "the longest wait is shorter than the first", `${STANDARD}#/backoff/maxDelay`, [STANDARD, "/backoff/maxDelay", "PT1S"]),
  broken("policy-out-of-range", "jitter is more than all", `${STANDARD}#/backoff/jitter`, [STANDARD, "/backoff/jitter", 1.5]),
  broken("policy-out-of-range", "a timeout is over at once", "timeout-policy/tell.json#/steps/0/after", ["timeout-policy/tell.json", "/steps/0/after", "PT0S"]),
  broken("policy-out-of-range", "someone is told at once", "manual-task/approve.json#/escalation/0/after", ["manual-task/approve.json", "/escalation/0/after", "PT0S"]),
  broken("policy-out-of-range", "the second one is told before the first", "manual-task/approve.json#/escalation/1/after", ["manual-task/approve.json", "/escalation/1/after", "PT1H"]),
  broken("ambiguous-duration", "someone is told after a month", "manual-task/approve.json#/escalation/1/after", ["manual-task/approve.json", "/escalation/1/after", "P1M"]),
  broken("policy-out-of-range", "a breaker opens when all is well", `${NETWORK}#/breaker/failureRate`, [NETWORK, "/breaker/failureRate", 0]),
  broken("policy-out-of-range", "a breaker never tries again", `${NETWORK}#/breaker/probes`, [NETWORK, "/breaker/probes", 0]),
  broken("policy-out-of-range", "a breaker tries more than may be sent at once", `${NETWORK}#/breaker/probes`, [NETWORK, "/breaker/probes", 6]),
  broken("policy-out-of-range", "a breaker counts nothing", `${NETWORK}#/breaker/window`, [NETWORK, "/breaker/window", "PT0S"]),
  broken("policy-out-of-range", "a breaker closes at once", `${NETWORK}#/breaker/openFor`, [NETWORK, "/breaker/openFor", "PT0S"]),
  broken("policy-out-of-range", "more calls are repeated than made", `${NETWORK}#/retryBudget/share`, [NETWORK, "/retryBudget/share", 1.1]),
  broken("policy-out-of-range", "a retry budget counts nothing", `${NETWORK}#/retryBudget/window`, [NETWORK, "/retryBudget/window", "PT0S"]),
  broken("invalid-duration", "a breaker counts in words", `${NETWORK}#/breaker/window`, [NETWORK, "/breaker/window", "a minute"]),
  broken("compensation-missing", "a command says nothing about undoing", `${ACTIVATE}#`, [ACTIVATE, "/compensation", undefined]),
  broken("compensation-missing", "the policy does not exist", `${ACTIVATE}#/compensation`, [ACTIVATE, "/compensation", "deactivate"]),
  broken("compensation-missing", "a command claims to have no effect", `${ACTIVATE}#/compensation`, [ACTIVATE, "/compensation", "none-needed"]),
  broken("compensation-missing", "a policy has no undo task", "compensation-policy/release.json#", ["compensation-policy/release.json", "/taskType", undefined]),
  broken("compensation-cycle", "the undo task undoes itself", "task-type/release.json#/compensation", ["task-type/release.json", "/compensation", "release"], ["task-type/release.json", "/outputs", { reservationId: "=task.request.id" }]),
  broken("contradiction", "irreversible work is undone", `${RESERVE}#/compensation`, [RESERVE, "/irreversible", true], [TEMPLATE, "/tasks/0/pointOfNoReturn", "hard"]),
  broken("irreversible-unguarded", "nothing stands before what cannot be undone", `${TEMPLATE}#/tasks/3`, [TEMPLATE, "/tasks/2/dependsOn/1", undefined]),
  broken("irreversible-unguarded", "what cannot be undone is done at once", `${TEMPLATE}#/tasks/3`, [TEMPLATE, "/tasks/3/dependsOn", undefined], [TEMPLATE, "/tasks/3/mandatory", true]),
  broken("human-task-incomplete", "a person's task has no SLA", "manual-task/approve.json#", ["manual-task/approve.json", "/sla", undefined], ["calendar/hours.json", "", undefined]),
  broken("human-task-incomplete", "a person's task has no queue", "manual-task/approve.json#", ["manual-task/approve.json", "/queue", undefined]),
  broken("human-task-incomplete", "a person's task has no role", "manual-task/approve.json#", ["manual-task/approve.json", "/role", undefined]),
  { ...broken("human-task-incomplete", "a person's task is for a role that nobody holds", "manual-task/approve.json#/role"), roles: ["support", "finance"] },
  broken("sla-infeasible", "a decision may take longer than the whole plan", `${TEMPLATE}#/deadline`, [TEMPLATE, "/deadline", "PT12H"]),
  broken("sla-infeasible", "two hundred tasks in a row take longer than the plan", `${TEMPLATE}#/deadline`, ...chain(200), [TEMPLATE, "/deadline", "PT26H"]),
  broken("calendar-invalid", "hours run backwards", "calendar/hours.json#/week/monday/0", ["calendar/hours.json", "/week/monday/0", "17:00-08:00"]),
  broken("calendar-invalid", "a holiday does not exist", "calendar/hours.json#/holidays/0", ["calendar/hours.json", "/holidays/0", "2026-02-30"]),
  broken("invalid-timezone", "the zone is on Mars", "calendar/hours.json#/timeZone", ["calendar/hours.json", "/timeZone", "Mars/Base"]),
];
