import { Combobox, useCombobox } from "@mantine/core";
import { ChevronsUpDown, CornerDownLeft, Plus, TriangleAlert, X } from "lucide-react";
import { useEffect, useState, type KeyboardEvent } from "react";
import { form as words } from "../strings/form.ts";

/** One thing that can be picked. */
export interface Pick {
  readonly key: string;
  readonly title: string;
  readonly detail?: string;
}

interface PickListProps {
  readonly id: string;
  readonly value: string | undefined;
  readonly choices: readonly Pick[];
  readonly pick: (key: string | undefined) => void;
  readonly required: boolean;
  readonly label?: string;
  /** What was searched for may be taken as it is, when no choice is called so. */
  readonly free?: boolean;
  /** Makes what was searched for, where it can be made; with what the button says. */
  readonly create?: { readonly title: (name: string) => string; readonly run: (name: string) => void };
}

/** How many choices are shown at once; searching finds the others. */
const SHOWN_MAX = 100;
const FREE = " free";
const CREATE = " create";

/** A searchable list of what can be named here; what is named but does not exist is shown as such. */
export function PickList({ id, value, choices, pick, required, label, free = false, create }: PickListProps) {
  const [query, setQuery] = useState("");
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: (source) => {
      setQuery("");
      if (source === "keyboard") combobox.focusTarget();
    },
  });
  useEffect(() => {
    if (query !== "") combobox.selectFirstOption();
  }, [query]);
  // Whoever types on begins to search at once, without waiting for the field of the list to take the focus.
  const typeOn = (event: KeyboardEvent): void => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === " ") return;
    event.preventDefault();
    combobox.openDropdown("keyboard");
    setQuery((typed) => typed + event.key);
  };
  const chosen = choices.find(({ key }) => key === value);
  const isMissing = value !== undefined && chosen === undefined && !free;
  const wanted = query.trim();
  const found = choices.filter(({ key, title }) => `${title} ${key}`.toLowerCase().includes(wanted.toLowerCase()));
  const isNew = wanted !== "" && !choices.some(({ key, title }) => key === wanted || title.toLowerCase() === wanted.toLowerCase());
  const submit = (key: string): void => {
    if (key === CREATE) create?.run(wanted);
    else pick(key === FREE ? wanted : key);
    combobox.closeDropdown("keyboard");
  };
  return (
    <Combobox store={combobox} withinPortal onOptionSubmit={submit}>
      <Combobox.Target targetType="button">
        <button id={id} type="button" className="input pick" aria-label={label === undefined ? undefined : `${label}: ${chosen?.title ?? value ?? words.choose}`} onClick={() => combobox.toggleDropdown()} onKeyDown={typeOn}>
          {isMissing ? <TriangleAlert className="f-failed" aria-hidden="true" /> : null}
          <span className={`trunc${value === undefined ? " muted" : ""}`}>{chosen?.title ?? (value === undefined ? words.choose : isMissing ? words.missing(value) : value)}</span>
          {chosen?.detail === undefined ? null : <span className="meta nowrap">{chosen.detail}</span>}
          <ChevronsUpDown className="push" aria-hidden="true" />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown className="pick-dropdown">
        <Combobox.Search value={query} onChange={(event) => setQuery(event.currentTarget.value)} placeholder={words.choose} />
        <Combobox.Options className="pick-options" aria-label={label ?? words.choices}>
          {found.length === 0 && !(isNew && (free || create !== undefined)) ? <Combobox.Empty>{words.nothingMatches}</Combobox.Empty> : null}
          {found.slice(0, SHOWN_MAX).map(({ key, title, detail }) => (
            <Combobox.Option key={key} value={key} active={key === value} className="pick-option">
              <span className="trunc">{title}</span> <span className={detail === undefined ? "meta mono nowrap" : "meta nowrap"}>{detail ?? key}</span>
            </Combobox.Option>
          ))}
          {free && isNew ? <Combobox.Option value={FREE} className="pick-option"><CornerDownLeft aria-hidden="true" /> {words.takeAsIs(wanted)}</Combobox.Option> : null}
          {create !== undefined && isNew ? <Combobox.Option value={CREATE} className="pick-option"><Plus aria-hidden="true" /> {create.title(wanted)}</Combobox.Option> : null}
        </Combobox.Options>
        {required || value === undefined ? null : (
          <Combobox.Footer>
            <button type="button" className="btn small quiet" onClick={() => {
              pick(undefined);
              combobox.closeDropdown();
            }}>
              <X aria-hidden="true" />
              {words.clear}
            </button>
          </Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
