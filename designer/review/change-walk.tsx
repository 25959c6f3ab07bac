import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useMemo, useState, type RefObject } from "react";
import { useCommands, type Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import { review as words } from "../strings/review.ts";

/** Goes from one change to the next, in whatever way each is shown; the change that is gone to has the focus. */
export function ChangeWalk({ root }: { readonly root: RefObject<HTMLElement | null> }) {
  const [count, setCount] = useState(0);
  const [current, setCurrent] = useState<number | null>(null);
  useEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const look = (): void => setCount(changesIn(element).length);
    look();
    const observer = new MutationObserver(look);
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [root]);
  const commands = useMemo<readonly [Command, Command]>(() => {
    const go = (by: 1 | -1): void => {
      const changes = root.current === null ? [] : changesIn(root.current);
      const focused = changes.findIndex((change) => change.contains(document.activeElement));
      const from = focused >= 0 ? focused : (current ?? (by === 1 ? -1 : changes.length));
      const next = (from + by + changes.length) % Math.max(1, changes.length);
      changes[next]?.focus({ preventScroll: true });
      changes[next]?.scrollIntoView({ block: "center" });
      setCurrent(next);
    };
    const disabled = count === 0 ? words.nothingChanges : undefined;
    return [
      { id: "review.next-change", title: words.nextChange, group: words.place, keys: "F7", disabled, run: () => go(1) },
      { id: "review.previous-change", title: words.previousChange, group: words.place, keys: "Shift+F7", disabled, run: () => go(-1) },
    ];
  }, [count, current, root]);
  useCommands(commands);
  return (
    <div className="bar slim change-walk" role="group" aria-label={words.walk}>
      <span className="meta" role="status">
        {current === null || current >= count ? words.changes(count) : words.changeOf(current + 1, count)}
      </span>
      <CommandButton command={commands[1]} className="btn small icon quiet">
        <ArrowUp aria-label={words.previousChange} />
      </CommandButton>
      <CommandButton command={commands[0]} className="btn small icon quiet">
        <ArrowDown aria-label={words.nextChange} />
      </CommandButton>
    </div>
  );
}

function changesIn(root: HTMLElement): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-change]")];
}
