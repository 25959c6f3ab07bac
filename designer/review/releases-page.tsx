import { useQuery, useQueryClient } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useState } from "react";
import { draftsApi, type NamedActivation } from "../api/drafts.ts";
import { usePersona } from "../api/session.ts";
import { Blank } from "../app/blank-pages.tsx";
import { Person } from "../app/person.tsx";
import { Link } from "../app/link.tsx";
import { Page } from "../app/page.tsx";
import { useRefusal } from "../app/use-refusal.ts";
import { Instant } from "../look/parts.tsx";
import { review as words } from "../strings/review.ts";
import { Ask } from "./ask.tsx";
import { ReviewTabs } from "./review-tabs.tsx";
import "./review.css";

/** Which release new orders were accepted under, and since when; an older one can be made live again. */
export function ReleasesPage() {
  const me = usePersona();
  const queries = useQueryClient();
  const { data, error } = useQuery({ queryKey: ["activations", me?.persona], queryFn: draftsApi.activations });
  const cannotRollBack = useRefusal("definition.rollback");
  const [asking, setAsking] = useState<NamedActivation | null>(null);
  const live = data?.activations[0]?.digest;
  return (
    <Page crumbs={[{ title: words.place, to: "/review" }, { title: words.history }]}>
      <ReviewTabs current="releases" />
      {error === null ? null : <Blank title={words.failed}><p>{error.message}</p></Blank>}
      {data === undefined ? null : (
        <div className="scroll">
          <table className="table releases">
            <caption className="hidden">{words.history}</caption>
            <thead>
              <tr>
                <th scope="col">{words.releaseColumns.name}</th>
                <th scope="col">{words.releaseColumns.digest}</th>
                <th scope="col">{words.releaseColumns.since}</th>
                <th scope="col">{words.releaseColumns.by}</th>
                <th scope="col">{words.releaseColumns.reason}</th>
                <th scope="col">{words.releaseColumns.state}</th>
                <th scope="col">{words.releaseColumns.changes}</th>
                <th scope="col">
                  <span className="hidden">{words.rollBack}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.activations.map((activation, index, all) => {
                const before = all[index + 1];
                return (
                <tr key={activation.number}>
                  <th scope="row">{activation.name}</th>
                  <td className="mono muted">{activation.digest.slice(0, 12)}</td>
                  <td>
                    <Instant at={activation.at} />
                  </td>
                  <td>
                    <Person id={activation.by} avatar />
                  </td>
                  <td title={activation.reason}>{activation.reason}</td>
                  <td>
                    {index === 0 ? <span className="badge f-done">{words.live}</span> : null}
                    {index === 0 || activation.digest === live ? null : <Link to={`/review/compare?from=${activation.digest}&to=${live ?? "live"}`}>{words.compareWithLive}</Link>}
                  </td>
                  <td>{before === undefined || before.digest === activation.digest ? null : <Link to={`/review/compare?from=${before.digest}&to=${activation.digest}`}>{words.compareWithBefore}</Link>}</td>
                  <td>
                    {activation.digest === live ? null : (
                      <button type="button" className="btn small" disabled={cannotRollBack !== undefined} title={cannotRollBack} onClick={() => setAsking(activation)}>
                        <History aria-hidden="true" />
                        {words.rollBack}
                      </button>
                    )}
                  </td>
                </tr>
                );
              })}
            </tbody>
          </table>
          {data.activations.length === 1 ? <p className="releases-hint">{words.firstRelease}</p> : null}
        </div>
      )}
      {asking === null ? null : <Ask title={words.rollBackTitle(asking.name)} action={words.rollBack} reasonNeeded perform={(reason) => draftsApi.rollBack(asking.digest, reason).then(() => queries.invalidateQueries())} close={() => setAsking(null)} />}
    </Page>
  );
}
