/** How often the branch of the definitions is looked at, and how much one request may bring. */
export const PROMOTION_LIMITS = {
  /** How often the local branch is looked at: other processes of this machine move it too. */
  trackMs: 2_000,
  /** How often the remote is asked. */
  remoteTrackMs: 10_000,
  /** Wait after a failure; doubles up to the other. */
  backoffMs: 1_000,
  maxBackoffMs: 60_000,
  /** Bytes of a request that saves files: a definition of 8 MB as a JSON text. */
  saveBytes: 20 * 1024 * 1024,
  /** Files of one save. */
  savedFiles: 1_000,
  /** Open drafts whose files are told. */
  openDrafts: 200,
  /** Entries of the history of activations that one request gets. */
  activations: 100,
} as const;
