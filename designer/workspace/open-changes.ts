import { useMemo } from "react";
import { create } from "zustand";
import type { OpenChange, OpenChanges } from "../../server/promotion/open-changes.ts";
import { useDraft } from "./draft-state.ts";

/** What is being worked on, by whomever; looked at every few seconds. */
export const useOpenChanges = create<OpenChanges>()(() => ({ live: null, drafts: [] }));

/** Open drafts other than the one that is worked on here. */
export function useOtherDrafts(): readonly OpenChange[] {
  const drafts = useOpenChanges(({ drafts }) => drafts);
  const own = useDraft(({ name }) => name);
  return useMemo(() => drafts.filter(({ name }) => name !== own), [drafts, own]);
}
