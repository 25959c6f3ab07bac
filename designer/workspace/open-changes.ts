import { create } from "zustand";
import type { OpenChange, OpenChanges } from "../../server/promotion/open-changes.ts";
import { useDraft } from "./draft-state.ts";

/** What is being worked on, by whomever; looked at every few seconds. */
export const useOpenChanges = create<OpenChanges>()(() => ({ live: null, drafts: [] }));

/** Open drafts other than the one that is worked on here that change a file. */
export function useOthersOf(path: string): readonly OpenChange[] {
  const drafts = useOpenChanges(({ drafts }) => drafts);
  const own = useDraft(({ name }) => name);
  return drafts.filter(({ name, paths }) => name !== own && paths.includes(path));
}
