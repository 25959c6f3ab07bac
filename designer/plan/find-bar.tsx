import { ChevronDown, ChevronUp, Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { plan as words } from "../strings/plan.ts";

interface FindBarProps {
  readonly text: string;
  readonly found: readonly string[];
  readonly change: (text: string) => void;
  readonly show: (key: string) => void;
  readonly close: () => void;
}

/** What is searched for in the plan, how often it is found, and the way through the matches. */
export function FindBar({ text, found, change, show, close }: FindBarProps) {
  const [position, setPosition] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const go = (step: number): void => {
    if (found.length === 0) return;
    const next = position < 0 && step < 0 ? found.length - 1 : (position + step + found.length) % found.length;
    setPosition(next);
    show(found[next] ?? "");
  };
  return (
    <div className="find" role="search">
      <label className="search">
        <Search aria-hidden="true" />
        <span className="hidden">{words.find}</span>
        <input
          ref={field} type="search" placeholder={words.find} value={text}
          onChange={(event) => {
            change(event.currentTarget.value);
            setPosition(-1);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
            else if (event.key === "Escape") close();
            else return;
            event.preventDefault();
          }}
        />
      </label>
      <span className="meta nowrap" role="status">{text.trim() === "" ? "" : words.found(position + 1, found.length)}</span>
      <button type="button" className="btn small icon quiet" aria-label={words.findPrevious} onClick={() => go(-1)}><ChevronUp aria-hidden="true" /></button>
      <button type="button" className="btn small icon quiet" aria-label={words.findNext} onClick={() => go(1)}><ChevronDown aria-hidden="true" /></button>
      <button type="button" className="btn small icon quiet" aria-label={words.findClose} onClick={close}><X aria-hidden="true" /></button>
    </div>
  );
}
