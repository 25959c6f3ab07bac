/** One line of a seed's test matrix. Its test's title begins with the id. */
export interface Row {
  readonly id: string;
  /** Requirement whose feature it needs, where that is not built yet; such a row has no test and stands in the README. */
  readonly needs?: string;
}

const rows = (source: string, ...names: readonly string[]): Row[] => names.map((name) => ({ id: `${source} ${name}` }));
const missing = (source: string, name: string, needs: string): Row => ({ id: `${source} ${name}`, needs });

/** The fixed scenarios: seed 22b section 30, 22a section 32, 28 section 25, 31 section 21. */
export const ROWS: readonly Row[] = [
  ...Array.from({ length: 16 }, (_, index): Row => ({ id: `22b 30.${String(index + 1).padStart(2, "0")}` })),
  ...rows("22a 32.1", "READY to RUNNING", "RUNNING to COMPLETED", "COMPLETED to RUNNING", "SUPERSEDED to RUNNING"),
  ...rows("22a 32.2", "parallel tasks", "blocked tasks", "conditional tasks", "missing dependency", "cycle detection", "output dependency", "time dependency"),
  ...rows("22a 32.3", "duplicate dispatch", "duplicate callback"),
  ...rows("22a 32.4", "restart after a lost answer"),
  ...rows("22a 32.5", "cancellation before dispatch", "cancellation after reservation", "cancellation after shipment", "cancellation after activation", "partial compensation failure"),
  ...rows("22a 32.6", "downstream 503", "callback delay", "duplicate events", "out-of-order events", "database transaction failure", "worker crash", "message broker redelivery", "target system rate limit"),
  ...rows("28 25.1", "state transition validity", "idempotency key handling", "compensation eligibility", "retry classification", "unknown outcome transition"),
  ...rows("28 25.2", "outbox publishing after commit", "inbox deduplication", "consumer replay", "external timeout behavior", "duplicate callback handling"),
  ...rows("28 25.3", "happy path", "failure before side effect", "failure after side effect", "timeout with unknown outcome", "partial fulfillment", "cancellation during execution", "compensation failure", "process version migration"),
  missing("28 25.4", "missing billing charge", "K1, K2"),
  missing("28 25.4", "duplicate billing charge", "K1, K2"),
  missing("28 25.4", "asset missing after order completion", "K1, K3"),
  ...rows("28 25.4", "fulfillment completed but OMS stuck"),
  missing("28 25.4", "consumer missed event", "J7"),
  ...rows("28 25.4", "manual downstream correction"),
  ...rows("28 25.5", "broker outage", "downstream timeout", "duplicate messages", "out-of-order events", "database deadlock", "relay crash after publish before marking event published", "consumer crash after side effect before inbox commit"),
  ...Array.from({ length: 10 }, (_, index): Row => ({ id: `31 21.1 row ${index + 1}` })),
];
