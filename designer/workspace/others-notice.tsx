import { UsersRound } from "lucide-react";
import { usePersonName } from "../app/person.tsx";
import { Link } from "../app/link.tsx";
import { Instant } from "../look/parts.tsx";
import { draft as words } from "../strings/draft.ts";
import { useDraft } from "./draft-state.ts";
import { useOtherDrafts } from "./open-changes.ts";
import { workOn } from "./use-workspace-page.ts";

/** Says who else has changed a definition in a draft, with a way to see it, to compare, and to work on it together. */
export function OthersNotice({ path }: { readonly path: string }) {
  const others = useOtherDrafts().filter(({ paths }) => paths.includes(path));
  const { name, saving } = useDraft();
  const nameOf = usePersonName();
  if (others.length === 0) return null;
  const definition = path.replace(/\.json$/, "");
  const mine = name === null ? "live" : `draft:${name}`;
  const compare = (other: string): string => `/review/compare?from=${encodeURIComponent(mine)}&to=${encodeURIComponent(`draft:${other}`)}&only=${encodeURIComponent(definition)}`;
  return (
    <ul className="others">
      {others.map((other) => (
        <li key={other.name}>
          <UsersRound aria-hidden="true" />
          <span>
            {words.alsoChanges(nameOf(other.savedBy), other.title)} <span className="meta"><Instant at={other.savedAt} /></span>
          </span>
          <Link to={`/review/${encodeURIComponent(other.name)}`}>{words.lookAt}</Link>
          <Link to={compare(other.name)}>{words.compare}</Link>
          {saving.state === "reader" ? null : (
            <button type="button" className="link" onClick={() => void workOn(other.name)}>
              {words.workTogether}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
