import type { KeyboardEvent } from "react";
import { useTyped } from "./use-typed.ts";

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

/** A text field that keeps every key: what is typed is taken over when typing rests, before any command, and when the field is left. */
export function TextBox({ id, value, commit, readOnly = false, multiline = false, mono = false, label, placeholder, describedBy, numeric = false }: TextBoxProps) {
  const { text, type, take } = useTyped(value, commit);
  const shared = { id, value: text, readOnly, "aria-label": label, "aria-describedby": describedBy, placeholder, onBlur: take, className: `input${mono ? " mono" : ""}`, spellCheck: !mono };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (endsTyping(event)) take();
  };
  if (multiline) return <textarea {...shared} rows={rowsOf(text)} onChange={(event) => type(event.currentTarget.value)} onKeyDown={onKeyDown} />;
  return <input {...shared} type="text" inputMode={numeric ? "decimal" : "text"} autoComplete="off" onChange={(event) => type(event.currentTarget.value)} onKeyDown={onKeyDown} />;
}

/** Keys that end typing: a command may take the field away before the pause is over. */
export function endsTyping({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey || /^(?:Enter|Escape|F\d+)$/.test(key);
}

/** How many rows show a text without making the form jump. */
export function rowsOf(text: string): number {
  return Math.min(8, Math.max(2, text.split("\n").length, Math.ceil(text.length / 38)));
}
