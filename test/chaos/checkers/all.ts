import type { Checker } from "./checker.ts";
import { noDefect } from "./i-00-no-defect.ts";
import { oneEffect } from "./i-01-one-effect.ts";
import { constantKey } from "./i-02-constant-key.ts";
import { keyRecomputed } from "./i-03-key-recomputed.ts";
import { activePlan } from "./i-04-active-plan.ts";
import { onePlan } from "./i-05-one-plan.ts";
import { hold } from "./i-06-hold.ts";
import { unknownNotFailed } from "./i-08-unknown-not-failed.ts";
import { versions } from "./i-09-versions.ts";
import { transitions } from "./i-10-transitions.ts";
import { replay } from "./i-11-replay.ts";
import { deterministic } from "./i-12-deterministic.ts";
import { once } from "./i-13-once.ts";
import { correlated } from "./i-14-correlated.ts";
import { settled } from "./i-15-settled.ts";
import { committed } from "./i-17-committed.ts";
import { billedOnce } from "./i-18-billed-once.ts";
import { billingAcknowledged } from "./i-19-billing-acknowledged.ts";
import { noBillingWhenCancelled } from "./i-20-no-billing-when-cancelled.ts";
import { noOrphans } from "./i-21-no-orphans.ts";
import { undoOnce } from "./i-22-undo-once.ts";
import { appendOnly } from "./i-23-append-only.ts";
import { planVersions } from "./i-24-plan-versions.ts";
import { pinned } from "./i-25-pinned.ts";
import { releaseContent } from "./i-26-release-content.ts";
import { dependencies } from "./i-27-dependencies.ts";
import { stableOrder } from "./i-28-stable-order.ts";
import { completion } from "./i-29-completion.ts";
import { repairsRecorded } from "./i-30-repairs-recorded.ts";
import { fourEyes } from "./i-31-four-eyes.ts";
import { chargesWaived } from "./i-32-charges-waived.ts";
import { oneAnswer } from "./i-33-one-answer.ts";
import { oneOrder } from "./i-34-one-order.ts";
import { budget } from "./i-35-budget.ts";
import { unknownResolved } from "./i-36-unknown-resolved.ts";
import { bulkhead } from "./i-37-bulkhead.ts";
import { locks } from "./i-38-locks.ts";
import { timers } from "./i-39-timers.ts";
import { ends } from "./i-40-ends.ts";

export const CHECKERS: readonly Checker[] = [
  noDefect, oneEffect, constantKey, keyRecomputed, activePlan, onePlan, hold, unknownNotFailed, versions, transitions, replay, deterministic, once, correlated, settled, committed,
  billedOnce, billingAcknowledged, noBillingWhenCancelled, noOrphans, undoOnce, appendOnly, planVersions, pinned, releaseContent, dependencies, stableOrder, completion, repairsRecorded, fourEyes,
  chargesWaived, oneAnswer, oneOrder, budget, unknownResolved, bulkhead, locks, timers, ends,
];
