/** Words of small parts every place uses. */
export const look = {
  nothing: "none",
  cancel: "Cancel",
  doneOf: (done: number, total: number) => `${done} of ${total}`,
  keepsTrying: "The page keeps trying.",
  stale: "What you see is what was last read. The page keeps trying.",
  fresh: (seconds: number) => `Live, ${seconds} s ago`,
  notFresh: (seconds: number) => `Not live, last read ${seconds} s ago`,
} as const;
