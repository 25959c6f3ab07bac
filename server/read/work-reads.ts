import type { FalloutCase } from "../../engine/order/order.ts";
import type { ManualWork } from "../../engine/order/task.ts";
import type { Page } from "./order-reads.ts";

/** The worklists of people, over all orders: manual tasks, fallout cases, and what cases have in common. */
export interface WorkReads {
  /** Work that waits for a person of ours; what waits for the customer is not in it. The most urgent first. */
  readonly manualTasks: (query: ManualTaskQuery) => Promise<Page<ManualTaskRow>>;
  readonly cases: (query: CaseQuery) => Promise<Page<CaseRow>>;
  /** Open cases by fingerprint, the most frequent first (H6 begins here). */
  readonly causes: (query: CauseQuery) => Promise<Page<CauseRow>>;
}

interface WorkQuery {
  /** Null means every region. */
  readonly regions: readonly string[] | null;
  readonly queue?: string;
  readonly offset: number;
  readonly limit: number;
}

export interface ManualTaskQuery extends WorkQuery {
  readonly role?: string;
  readonly claimedBy?: string;
  readonly claimed?: boolean;
  /** Only what was due before this instant. */
  readonly dueBefore?: string;
}

export interface CaseQuery extends WorkQuery {
  readonly state?: FalloutCase["state"];
  readonly severity?: string;
  readonly fingerprint?: string;
  readonly dueBefore?: string;
}

export interface CauseQuery extends WorkQuery {
  readonly severity?: string;
}

/** What every line of a worklist says about its order. */
interface OfOrder {
  readonly orderId: string;
  readonly externalId: string | null;
  readonly region: string | null;
  readonly priority: number;
  readonly releaseDigest: string;
}

export interface ManualTaskRow extends OfOrder {
  readonly taskId: string;
  readonly itemId: string;
  readonly since: string;
  readonly manual: ManualWork;
}

export interface CaseRow extends OfOrder {
  readonly case: FalloutCase;
}

/** Cases of one cause. */
export interface CauseRow {
  readonly fingerprint: string | null;
  readonly reasonCode: string;
  readonly targetSystem: string | null;
  readonly cases: number;
  readonly orders: number;
  /** The gravest among them. */
  readonly severity: string;
  readonly oldestOpenedAt: string;
  /** One of their reasons, as an example. */
  readonly reason: string;
}
