import { useEffect, useId, useRef, useState } from "react";
import { isOutput, type TableColumn } from "../../engine/sheet/column-side.ts";
import { textOf } from "../form/value-text.ts";

interface CellEditorProps {
  readonly column: TableColumn;
  readonly text: string;
  readonly commit: (text: string, then: "down" | "up" | "right" | "left" | null) => void;
  readonly cancel: () => void;
}

/** The field in a cell; where a column allows certain values, they are offered while typing. */
export function CellEditor({ column, text, commit, cancel }: CellEditorProps) {
  const [typed, setTyped] = useState(text);
  const field = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  const list = useId();
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, []);
  const end = (then: Parameters<CellEditorProps["commit"]>[1]): void => {
    if (over.current) return;
    over.current = true;
    commit(typed, then);
  };
  return (
    <>
      <input
        ref={field} className="cell-editor" list={column.values === undefined ? undefined : list} value={typed} spellCheck={false} aria-label={isOutput(column) ? column.out : column.key}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => end(null)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter") end(event.shiftKey ? "up" : "down");
          else if (event.key === "Tab") end(event.shiftKey ? "left" : "right");
          else if (event.key === "Escape") {
            over.current = true;
            cancel();
          } else return;
          event.preventDefault();
        }}
      />
      {column.values === undefined ? null : (
        <datalist id={list}>
          {column.values.map((value) => (
            <option key={textOf(value)} value={textOf(value)} />
          ))}
        </datalist>
      )}
    </>
  );
}
