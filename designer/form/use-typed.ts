import { useEffect, useRef, useState } from "react";

/** Typing is taken over this long after the last key, or at once when the field is left. */
const IDLE_MS = 250;

interface Typed {
  readonly text: string;
  readonly type: (text: string) => void;
  /** Takes over what was typed now. */
  readonly take: () => void;
}

/** The text of a field that keeps every key: what is typed is taken over when typing rests, when it is asked for, and when the field goes away. */
export function useTyped(value: string, commit: (text: string) => void): Typed {
  const [text, setText] = useState(value);
  const pending = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(commit);
  latest.current = commit;
  useEffect(() => {
    if (pending.current === null) setText(value);
  }, [value]);
  const take = (): void => {
    clearTimeout(timer.current);
    const typed = pending.current;
    pending.current = null;
    if (typed !== null) latest.current(typed);
  };
  useEffect(() => take, []);
  const type = (typed: string): void => {
    setText(typed);
    pending.current = typed;
    clearTimeout(timer.current);
    timer.current = setTimeout(take, IDLE_MS);
  };
  return { text, type, take };
}
