import { CircleCheck, CircleDashed } from "lucide-react";
import { useState } from "react";
import type { ChangeView } from "../../server/promotion/change-view.ts";
import { draftsApi } from "../api/drafts.ts";
import { usePersona } from "../api/session.ts";
import { useRefusal } from "../app/use-refusal.ts";
import { Person } from "../app/person.tsx";
import { Instant } from "../look/parts.tsx";
import { review as words } from "../strings/review.ts";
import { Ask } from "./ask.tsx";

/** Whose approval is needed, who has given it, and the decision of whoever may decide. */
export function ApprovalPanel({ view, done }: { readonly view: ChangeView; readonly done: () => Promise<void> }) {
  const me = usePersona();
  const [asking, setAsking] = useState<"approve" | "changes" | null>(null);
  const { required, given } = view.approvals;
  const commit = view.reviewedCommit ?? "";
  const own = me !== null && view.authors.includes(me.persona);
  const refused = useRefusal("definition.approve");
  const off = own ? words.ownWork : refused;
  const reviewing = view.state === "SUBMITTED" || view.state === "APPROVED";
  return (
    <section>
      <h2>{words.approval}</h2>
      {reviewing && off !== undefined ? <p className="text-2">{off}</p> : null}
      <ul className="approvals">
        {required.map(({ role, why }) => {
          const by = given.filter(({ roles }) => roles.includes(role));
          return (
            <li key={role} title={why} className={by.length > 0 ? "f-done" : "f-neutral"}>
              {by.length > 0 ? <CircleCheck aria-hidden="true" /> : <CircleDashed aria-hidden="true" />}
              {by.length === 0 ? <span>{words.needs[role] ?? role}</span> : by.map((approval) => <Person key={approval.by} id={approval.by} />)}
              <span className="push meta">{by.length === 0 ? words.notYet : <>{words.approvedAt} <Instant at={by[0]?.at ?? null} /></>}</span>
            </li>
          );
        })}
      </ul>
      {reviewing ? (
        <div className="acts">
          <button type="button" className="btn small" disabled={off !== undefined} title={off} onClick={() => setAsking("approve")}>
            {words.approve}
          </button>
          <button type="button" className="btn small" disabled={off !== undefined} title={off} onClick={() => setAsking("changes")}>
            {words.requestChanges}
          </button>
        </div>
      ) : null}
      {asking === "approve" ? <Ask title={words.approve} action={words.approve} reasonNeeded={false} perform={(reason) => draftsApi.approve(view.name, commit, reason).then(done)} close={() => setAsking(null)} /> : null}
      {asking === "changes" ? <Ask title={words.requestChanges} action={words.requestChanges} reasonNeeded perform={(reason) => draftsApi.requestChanges(view.name, commit, reason).then(done)} close={() => setAsking(null)} /> : null}
    </section>
  );
}
