import { ApiError } from "../api/http.ts";
import { Blank } from "../app/blank-pages.tsx";
import { Link } from "../app/link.tsx";
import { draft as words } from "../strings/draft.ts";

/** What stands where definitions should: they are not for this person, or they could not be read. */
export function WorkspaceUnreadable({ error }: { readonly error: Error }) {
  const forbidden = error instanceof ApiError && error.status === 403;
  return (
    <Blank title={forbidden ? words.notYours : words.unread}>
      <p>{forbidden ? words.notYoursText : error.message}</p>
      {forbidden ? <Link to="/operate/orders" className="btn primary">{words.toOrders}</Link> : null}
    </Blank>
  );
}
