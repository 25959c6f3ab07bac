/** How much one commit takes on, and how often something is tried. Every number has a name. */
export interface WorkLimits {
  /** Inputs that share one commit. */
  readonly worksPerCommit: number;
  /** Transactions at a time of one process on a shared database. */
  readonly lanes: number;
  /** Works of a commit so small that interpreting them takes less time than asking for the lock of admission apart. */
  readonly promptAdmissionWorks: number;
  /** Times admission looks again within one commit, because internal work made further tasks ready. */
  readonly admissionRoundsPerCommit: number;
  /** Waiting tasks of one resource looked at in one round; the rest follow in the next commit. */
  readonly waitingTasksPerResource: number;
  /** Commands in flight over all target systems. */
  readonly commandsInFlight: number;
  /** Orders kept in memory between commits. */
  readonly cachedOrders: number;
  /** Times a commit is tried again because someone else was faster. */
  readonly conflictAttempts: number;
  /** Times a commit is tried again because the database is away. */
  readonly transientAttempts: number;
  /** Wait before the first repeat; doubles each time. */
  readonly retryDelayMs: number;
  /** Wait before an order is asked for again that another process is working on. */
  readonly busyOrderDelayMs: number;
}

export const WORK_LIMITS: WorkLimits = {
  worksPerCommit: 64,
  lanes: 2,
  promptAdmissionWorks: 2,
  admissionRoundsPerCommit: 64,
  waitingTasksPerResource: 32,
  commandsInFlight: 1_000,
  cachedOrders: 2_000,
  conflictAttempts: 8,
  transientAttempts: 6,
  retryDelayMs: 25,
  busyOrderDelayMs: 10,
};
