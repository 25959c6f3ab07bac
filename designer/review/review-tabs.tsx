import { Link } from "../app/link.tsx";
import { review as words } from "../strings/review.ts";

type Tab = keyof typeof words.tabs;

/** The lists of this place, and the history of releases. */
export function ReviewTabs({ current }: { readonly current: Tab | "releases" }) {
  return (
    <nav className="tabs" aria-label={words.changeSets}>
      {(Object.keys(words.tabs) as Tab[]).map((tab) => (
        <Link key={tab} to={`/review?tab=${tab}`} current={tab === current}>
          {words.tabs[tab]}
        </Link>
      ))}
      <Link to="/review/releases" current={current === "releases"}>
        {words.releases}
      </Link>
    </nav>
  );
}
