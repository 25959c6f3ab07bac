/** How much a repository and one run of git may take. Messages quote the numbers. */
export const GIT_LIMITS = {
  /** How long one run of git may take; longer when it talks to a remote. */
  runMs: 30_000,
  remoteRunMs: 60_000,
  /** Bytes one run may print. */
  outputBytes: 128 * 1024 * 1024,
  /** Runs at the same time; the others wait. */
  concurrentRuns: 4,
  /** Files of one commit, and bytes of one file. */
  files: 20_000,
  fileBytes: 8 * 1024 * 1024,
  /** Bytes of all definition files of one commit. */
  commitBytes: 64 * 1024 * 1024,
  /** Characters of a path, a branch, a draft's name, a commit message. */
  pathCharacters: 255,
  branchCharacters: 200,
  draftNameCharacters: 64,
  messageCharacters: 4_000,
  /** Commits listed of one branch. */
  commits: 500,
  /** Commits whose texts, and whose lists of files, are kept in memory; a commit never changes. */
  rememberedCommits: 12,
  rememberedListings: 256,
} as const;
