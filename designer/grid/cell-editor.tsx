import { useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { isOutput, type TableColumn } from "../../engine/sheet/column-side.ts";
import { grid as words } from "../strings/grid.ts";
import { matchingChoices, withChoice, type CellChoice } from "./cell-choices.ts";
import { columnTitle } from "./clipboard.ts";
import { readCellText } from "./grid-model.ts";

/** Where the selection goes after a cell was written. */
export type Onward = "down" | "up" | "right" | "left" | null;

interface CellEditorProps {
  readonly column: TableColumn;
  readonly text: string;
  /** True when a key of the grid began the text; it then already says what is looked for. */
  readonly begun: boolean;
  readonly offered: { readonly choices: readonly CellChoice[]; readonly only: boolean };
  readonly place: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly commit: (text: string, then: Onward) => void;
  readonly cancel: () => void;
}

/** The field over a cell: what the column offers, what the text means, and how it is written; complete by keyboard. */
export function CellEditor({ column, text, begun, offered, place, commit, cancel }: CellEditorProps) {
  const [typed, setTyped] = useState(text);
  const [chosen, setChosen] = useState(-1);
  const field = useRef<HTMLTextAreaElement>(null);
  const over = useRef(false);
  const id = useId();
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, []);
  const found = useMemo(() => (typed === text && !begun ? offered.choices : matchingChoices(offered.choices, typed)), [offered, typed, text, begun]);
  const reading = readCellText(typed, column);
  const wrong = reading.ok ? null : reading.message;
  // While something that is offered goes on with what is typed, nothing is wrong yet.
  const told = offered.only && found.length > 0 ? null : wrong;
  const finish = (value: string, then: Onward): void => {
    if (over.current || !readCellText(value, column).ok) return;
    over.current = true;
    commit(value, then);
  };
  /** What Enter takes: the choice that is marked, or, where nothing else fits, the one that begins as typed. */
  const taken = (): string => {
    const marked = found[chosen] ?? (offered.only && wrong !== null ? found[0] : undefined);
    return marked === undefined ? typed : withChoice(typed === text && !begun ? "" : typed, marked.text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && event.altKey) {
      const at = field.current?.selectionStart ?? typed.length;
      setTyped(`${typed.slice(0, at)}\n${typed.slice(field.current?.selectionEnd ?? at)}`);
    } else if (event.key === "Enter") finish(taken(), event.shiftKey ? "up" : "down");
    else if (event.key === "Tab") finish(taken(), event.shiftKey ? "left" : "right");
    else if (event.key === "ArrowDown" && found.length > 0) setChosen(Math.min(chosen + 1, found.length - 1));
    else if (event.key === "ArrowUp" && found.length > 0) setChosen(Math.max(chosen - 1, -1));
    else if (event.key === "Escape") {
      over.current = true;
      cancel();
    } else return;
    event.preventDefault();
  };
  const hint = words.hints[isOutput(column) ? "output" : "input"][column.type];
  return (
    <div className="cell-editor" style={{ left: place.left, top: place.top, minWidth: Math.max(place.width, 120) }}>
      <textarea
        ref={field} rows={typed.split("\n").length} value={typed} spellCheck={false} role="combobox" aria-expanded={found.length > 0} aria-autocomplete="list" aria-controls={`${id}-list`}
        aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined} aria-label={words.cellOf(columnTitle(column))} aria-invalid={told !== null} aria-describedby={`${id}-hint`}
        style={{ height: Math.max(place.height, typed.split("\n").length * 16 + 12) }}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(-1);
        }}
        onBlur={() => finish(typed, null)}
        onKeyDown={onKeyDown}
      />
      <div className="cell-drop">
        {found.length === 0 ? null : (
          <ul id={`${id}-list`} role="listbox" aria-label={words.offered}>
            {found.map((choice, index) => (
              <li
                key={choice.text} id={`${id}-${index}`} role="option" aria-selected={index === chosen}
                ref={index === chosen ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
                onMouseDown={(event) => {
                  event.preventDefault();
                  finish(withChoice(typed === text && !begun ? "" : typed, choice.text), null);
                }}
              >
                <span className="mono">{choice.text}</span>
                <span className="meta trunc">{choice.detail}</span>
              </li>
            ))}
          </ul>
        )}
        <p id={`${id}-hint`} className={told === null ? "meta" : "meta wrong"} role={told === null ? undefined : "alert"}>{told ?? (column.unit === undefined ? hint : words.inUnit(hint, column.unit))}</p>
      </div>
    </div>
  );
}
