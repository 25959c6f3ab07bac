import { Modal } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { definitionPath } from "../library/definition-path.ts";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { shell } from "../strings/shell.ts";
import { isDefinition, useWorkspace } from "../workspace/workspace.ts";
import { currentCommands, useCommandState } from "./commands.ts";
import { orderPath } from "./link.tsx";
import { usePalette } from "./palette-state.ts";
import { Keys } from "./parts.tsx";

interface Choice {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly detail: string;
  readonly keys?: string | undefined;
  readonly disabled?: string | undefined;
  readonly run: () => void;
}

/** What one search shows at most, so that the list stays a list to read. */
const CHOICES_MAX = 60;

/** Every command, definition and order from one field. */
export function Palette() {
  const close = usePalette(({ close }) => close);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const list = useId();
  const choices = useMatching(query);
  const chosen = choices[Math.min(active, choices.length - 1)];
  const give = (choice: Choice | undefined): void => {
    if (choice === undefined || choice.disabled !== undefined) return;
    close();
    choice.run();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setActive((position) => Math.min(position + 1, choices.length - 1));
    else if (event.key === "ArrowUp") setActive((position) => Math.max(position - 1, 0));
    else if (event.key === "Enter") give(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <Modal opened onClose={close} withCloseButton={false} padding={0} size={560} yOffset="12vh" aria-label={shell.palette.label}>
      <div className="palette">
        <input
          type="text" role="combobox" aria-expanded="true" aria-controls={list} aria-activedescendant={chosen?.id} aria-label={shell.palette.label} data-autofocus
          placeholder={shell.palette.placeholder} value={query} onKeyDown={onKey}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
        />
        {choices.length === 0 ? <p className="nothing">{shell.palette.nothing}</p> : null}
        <ul id={list} role="listbox" aria-label={shell.palette.label}>
          {choices.map((choice, position) => (
            <li
              key={choice.id} id={choice.id} role="option" aria-selected={choice === chosen} aria-disabled={choice.disabled !== undefined || undefined} title={choice.disabled}
              ref={choice === chosen ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
              onMouseMove={() => setActive(position)} onClick={() => give(choice)}
            >
              <span className="trunc">{choice.title}</span>
              <span className="meta push nowrap">{choice.disabled ?? choice.detail}</span>
              {choice.keys === undefined ? null : <Keys keys={choice.keys} />}
            </li>
          ))}
        </ul>
      </div>
    </Modal>
  );
}

function useMatching(query: string): readonly Choice[] {
  const navigate = useNavigate();
  const files = useWorkspace(({ history }) => history.files);
  const commandState = useCommandState();
  const all = useMemo<readonly Choice[]>(() => {
    const commands = currentCommands(commandState).map(({ id, title, group, keys, disabled, run }) => ({ id: `choice-${id}`, group: shell.palette.commands, title, detail: group, keys, disabled, run }));
    const definitions = [...files.values()].flatMap(({ content }) =>
      isDefinition(content)
        ? [{ id: `choice-${content.kind}-${content.key}`, group: shell.palette.definitions, title: content.title, detail: KIND_LOOKS[content.kind]?.one ?? content.kind, run: () => void navigate({ to: definitionPath(content.kind, content.key) }) }]
        : [],
    );
    return [...commands, ...definitions];
  }, [commandState, files, navigate]);
  return useMemo(() => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found = all.filter(({ title, detail }) => words.every((word) => `${title} ${detail}`.toLowerCase().includes(word))).slice(0, CHOICES_MAX);
    const id = query.trim();
    const order = /^[\w-]{6,}$/.test(id) && /\d/.test(id) ? [{ id: "choice-order", group: shell.palette.orders, title: shell.palette.openOrder(id), detail: shell.palette.orders, run: () => void navigate({ to: orderPath(id) }) }] : [];
    return [...order, ...found];
  }, [all, query, navigate]);
}
