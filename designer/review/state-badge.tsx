import type { ChangeSetState } from "../../server/promotion/change-set.ts";
import { review as words } from "../strings/review.ts";

const FAMILIES: { readonly [state in ChangeSetState]: string } = { DRAFT: "neutral", SUBMITTED: "active", APPROVED: "done", PROMOTED: "done", SUPERSEDED: "neutral", WITHDRAWN: "neutral" };

/** Where a change set stands. */
export function StateBadge({ state }: { readonly state: ChangeSetState }) {
  return <span className={`badge f-${FAMILIES[state]}`}>{words.states[state]}</span>;
}
