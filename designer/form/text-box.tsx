import { useEffect, useRef, useState, type KeyboardEvent } from "react";

/** Typing is taken over this long after the last key, or at once when the field is left. */
const IDLE_MS = 250;

interface TextBoxProps {
  readonly id: string;
  readonly value: string;
  readonly commit: (text: string) => void;
  readonly readOnly?: boolean;
  readonly multiline?: boolean;
  readonly mono?: boolean;
  readonly label?: string;
  readonly placeholder?: string;
  readonly describedBy?: string;
  readonly numeric?: boolean;
}

/** Keys that end typing: a command may take the field away before the pause is over. */
function endsTyping({ key, ctrlKey, metaKey, altKey }: KeyboardEvent<HTMLElement>): boolean {
  return ctrlKey || metaKey || altKey || /^(?:Enter|Escape|F\d+)$/.test(key);
}

/** A text field that keeps every key: what is typed is taken over when typing rests, before any command, and when the field is left. */
export function TextBox({ id, value, commit, readOnly = false, multiline = false, mono = false, label, placeholder, describedBy, numeric = false }: TextBoxProps) {
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
  const shared = { id, value: text, readOnly, "aria-label": label, "aria-describedby": describedBy, placeholder, onBlur: take, onKeyDown: (event: KeyboardEvent<HTMLElement>) => endsTyping(event) && take(), className: `input${mono ? " mono" : ""}`, spellCheck: !mono };
  if (multiline) return <textarea {...shared} rows={Math.min(8, Math.max(2, text.split("\n").length, Math.ceil(text.length / 38)))} onChange={(event) => type(event.currentTarget.value)} />;
  return <input {...shared} type="text" inputMode={numeric ? "decimal" : "text"} autoComplete="off" onChange={(event) => type(event.currentTarget.value)} />;
}
