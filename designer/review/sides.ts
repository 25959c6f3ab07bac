import { useQuery } from "@tanstack/react-query";
import { draftsApi } from "../api/drafts.ts";
import type { Files } from "../workspace/history.ts";
import { readFiles } from "../workspace/workspace.ts";

/** The files that are compared. */
export interface Sides {
  readonly before: Files;
  readonly after: Files;
}

const NONE: Files = new Map();

/** The files of a draft and of what it is compared with; undefined while they are read. Commits never change, so they are read once. */
export function useDraftSides(draft: string, base: string | null, head: string | null): Sides | undefined {
  const { data } = useQuery({
    queryKey: ["sides", draft, base, head],
    staleTime: Infinity,
    queryFn: async () => {
      const [before, after] = await Promise.all([base === null ? null : draftsApi.files(draft, base), draftsApi.files(draft)]);
      const afterFiles = readFiles(after.files, NONE);
      return { before: before === null ? NONE : readFiles(before.files, afterFiles), after: afterFiles };
    },
  });
  return data;
}
