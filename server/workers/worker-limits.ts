/** How much the workers of one process take on, and how often they look. */
export interface WorkerLimits {
  /** Commands of one target system that this process performs at once; a slow system fills only its own places. */
  readonly deliveriesPerTarget: number;
  /** How long a delivery may wait for the other side; shorter than the lease, so that a live worker never loses it. */
  readonly deliveryTimeoutMs: number;
  /** How long nobody else touches a command that was taken. */
  readonly leaseMs: number;
  /** How much longer an adapter may take to say that it gave up. */
  readonly deliveryGraceMs: number;
  /** Expired leases taken over at once. */
  readonly claimBatch: number;
  /** Timers fired, and messages taken up, at once. */
  readonly timerBatch: number;
  readonly inboxBatch: number;
  /** How often a process looks for rows nobody told it about: other processes wrote them, or a crash left them. */
  readonly outboxPollMs: number;
  readonly inboxPollMs: number;
  readonly timerPollMs: number;
  /** How often a process asks which release is active. */
  readonly activePollMs: number;
  /** How often waiting tasks are looked at while some wait: rate limits fill up with time. */
  readonly sweepMs: number;
  readonly sweepPollMs: number;
  /** How often stored answers to requests that nobody will repeat any more are deleted. */
  readonly forgetMs: number;
  /** Wait after a failure; doubles up to `maxBackoffMs`. */
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
  /** How long a stopping process waits for deliveries that are under way. */
  readonly stopMs: number;
}

export const WORKER_LIMITS: WorkerLimits = {
  deliveriesPerTarget: 256,
  deliveryTimeoutMs: 30_000,
  deliveryGraceMs: 2_000,
  leaseMs: 60_000,
  claimBatch: 64,
  timerBatch: 256,
  inboxBatch: 256,
  outboxPollMs: 1_000,
  inboxPollMs: 1_000,
  timerPollMs: 1_000,
  activePollMs: 1_000,
  sweepMs: 100,
  sweepPollMs: 5_000,
  forgetMs: 600_000,
  backoffMs: 100,
  maxBackoffMs: 10_000,
  stopMs: 10_000,
};
