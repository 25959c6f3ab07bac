/**
 * How much one request may ask for. Every limit of the server's edge stands here with its name; messages quote the
 * number, so that a caller learns it from the first refusal.
 */
export const SERVER_LIMITS = {
  /** Bytes of one request body. */
  bodyBytes: 1024 * 1024,
  /** Levels of objects and lists in a request body. */
  bodyDepth: 32,
  /** Elements of one list in a request body. */
  listItems: 10_000,
  /** Items of one product order, nested ones included. */
  orderItems: 500,
  /** Significant digits of a number: more do not survive a double. Safe integers may have one more. */
  numberDigits: 15,
  /** Characters of an id a caller chooses: order item, external id, quote, account. */
  idCharacters: 128,
  /** Characters of one path segment of an address. */
  pathSegmentCharacters: 256,
  /** Characters of a free text such as the reason of a repair. */
  textCharacters: 2_000,
  /** Entries of `errors` in one problem. */
  reportedErrors: 20,
  /** Characters of an idempotency key. */
  idempotencyKeyCharacters: 255,
  /** How long an answer is kept for repeats of its request. */
  idempotencyKeepMs: 24 * 60 * 60 * 1000,
  /** How long a request may be running before a repeat takes it over. */
  idempotencyRunningMs: 30 * 1000,
  /** Characters of a correlation id taken from a caller. */
  correlationIdCharacters: 128,
  /** Characters of a bearer token. */
  tokenCharacters: 8_192,
  /** Life of a token of the demo issuer. */
  demoTokenMs: 8 * 60 * 60 * 1000,
  /** Difference between clocks that is forgiven. */
  clockToleranceMs: 60 * 1000,
  /** Rows of a page when the caller does not say. */
  pageDefault: 20,
  /** Rows of a page at most. */
  pageMax: 100,
  /** Position a page may start at. */
  offsetMax: 1_000_000,
  /** Journal entries of one page of an order's history. */
  historyPageMax: 200,
  /** Characters of one query parameter. */
  queryCharacters: 200,
  /** When a client may try again after the database was away or the same request was still running. */
  retryAfterSeconds: 1,
} as const;
