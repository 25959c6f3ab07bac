import { CircleCheck, CircleDashed } from "lucide-react";
import { useState } from "react";
import type { ChangeView } from "../../server/promotion/change-view.ts";
import { draftsApi } from "../api/drafts.ts";
import { usePersona } from "../api/session.ts";
import { review as words } from "../strings/review.ts";
import { Ask } from "./ask.tsx";

/** Whose approval is needed, who has given it, and the decision of whoever may decide. */
export function ApprovalPanel({ view, done }: { readonly view: ChangeView; readonly done: () => Promise<void> }) {
  const me = usePersona();
  const [asking, setAsking] = useState<"approve" | "changes" | null>(null);
  const { required, given } = view.approvals;
  const commit = view.reviewedCommit ?? "";
  const own = me !== null && view.authors.includes(me.persona);
  const reviewing = view.state === "SUBMITTED" || view.state === "APPROVED";
  return (
    <section>
      <h2>{words.approval}</h2>
      {own ? <p className="text-2">{words.ownWork}</p> : null}
      <ul className="approvals">
        {required.map(({ role, why }) => {
          const by = given.filter(({ roles }) => roles.includes(role));
          return (
            <li key={role} title={why} className={by.length > 0 ? "f-done" : "f-neutral"}>
              {by.length > 0 ? <CircleCheck aria-hidden="true" /> : <CircleDashed aria-hidden="true" />}
              <span>{by.length > 0 ? words.givenBy(by.map((approval) => approval.by).join(", ")) : words.needs(role)}</span>
            </li>
          );
        })}
      </ul>
      {reviewing ? (
        <div className="acts">
          <button type="button" className="btn small" disabled={own} title={own ? words.ownWork : undefined} onClick={() => setAsking("approve")}>
            {words.approve}
          </button>
          <button type="button" className="btn small" disabled={own} title={own ? words.ownWork : undefined} onClick={() => setAsking("changes")}>
            {words.requestChanges}
          </button>
        </div>
      ) : null}
      {asking === "approve" ? <Ask title={words.approve} action={words.approve} reasonNeeded={false} perform={(reason) => draftsApi.approve(view.name, commit, reason).then(done)} close={() => setAsking(null)} /> : null}
      {asking === "changes" ? <Ask title={words.requestChanges} action={words.requestChanges} reasonNeeded perform={(reason) => draftsApi.requestChanges(view.name, commit, reason).then(done)} close={() => setAsking(null)} /> : null}
    </section>
  );
}
