import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { Keys } from "../app/parts.tsx";
import { Dialog } from "./dialog.tsx";

/** One thing that can be chosen. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly icon?: ReactNode;
  readonly keys?: string | undefined;
  /** Why it cannot be chosen. */
  readonly disabled?: string | undefined;
}

/** What one search shows at most, so that the list stays a list to read. */
const CHOICES_MAX = 60;

interface PickerProps<C extends Choice> {
  readonly label: string;
  readonly placeholder: string;
  readonly nothing: string;
  /** What can be chosen; a function of what is typed when that makes choices of its own. */
  readonly choices: readonly C[] | ((query: string) => readonly C[]);
  readonly choose: (choice: C) => void;
  readonly close: () => void;
}

/** A field and a list under it, complete by keyboard: type, arrows, Enter; Escape leaves. */
export function Picker<C extends Choice>({ label, placeholder, nothing, choices, choose, close }: PickerProps<C>) {
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const list = useId();
  const found = typeof choices === "function" ? choices(query) : matching(choices, query);
  const chosen = found[Math.min(active, found.length - 1)];
  const give = (choice: C | undefined): void => {
    if (choice === undefined || choice.disabled !== undefined) return;
    close();
    choose(choice);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setActive((position) => Math.min(position + 1, found.length - 1));
    else if (event.key === "ArrowUp") setActive((position) => Math.max(position - 1, 0));
    else if (event.key === "Enter") give(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog onClose={close} withCloseButton={false} padding={0} size={560} yOffset="12vh" attributes={{ content: { "aria-label": label } }}>
      <div className="palette">
        <input
          type="text" role="combobox" autoFocus aria-expanded="true" aria-controls={list} aria-activedescendant={chosen === undefined ? undefined : `${list}${chosen.id}`} aria-label={label} data-autofocus
          placeholder={placeholder} value={query} onKeyDown={onKey}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
        />
        {found.length === 0 ? <p className="nothing">{nothing}</p> : null}
        <ul id={list} role="listbox" aria-label={label}>
          {found.map((choice, position) => (
            <li
              key={choice.id} id={`${list}${choice.id}`} role="option" aria-selected={choice === chosen} aria-disabled={choice.disabled !== undefined || undefined} title={choice.disabled}
              ref={choice === chosen ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
              onMouseMove={() => setActive(position)} onClick={() => give(choice)}
            >
              {choice.icon}
              <span className="trunc">{choice.title}</span>
              <span className="meta push nowrap">{choice.disabled ?? choice.detail}</span>
              {choice.keys === undefined ? null : <Keys keys={choice.keys} />}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

/** The choices in which every word of the query stands, those that begin with it first. */
export function matching<C extends Choice>(choices: readonly C[], query: string): readonly C[] {
  const wanted = query.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const found = choices.filter(({ title, detail }) => words.every((word) => `${title} ${detail}`.toLowerCase().includes(word)));
  const begins = ({ title }: C): number => (title.toLowerCase().startsWith(wanted) ? 0 : 1);
  return found.toSorted((a, b) => begins(a) - begins(b)).slice(0, CHOICES_MAX);
}
