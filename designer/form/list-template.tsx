import type { ArrayFieldItemTemplateProps, ArrayFieldTemplateProps } from "@rjsf/utils";
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Plus, Trash2 } from "lucide-react";
import { createContext, use, useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { JsonObject } from "../../engine/support/json.ts";
import { EdgeSample } from "../plan/legend.tsx";
import { form as words } from "../strings/form.ts";
import { pointerOf, problemsInside, type FormContext } from "./form-context.ts";
import { IconButton } from "./icon-button.tsx";
import { isInside } from "./place.ts";
import { ProblemCount } from "./section.tsx";
import { summaryOf } from "./summary-of.ts";

/** Which element of a list is open: one at a time, or none. */
interface OpenElement {
  readonly schema: JsonObject;
  /** What was opened or shut by hand, and where one was going then; going elsewhere decides anew. */
  readonly chosen: { readonly key: string | null; readonly at: string } | null;
  readonly choose: (key: string | null, at: string) => void;
  /** The next element that appears was added here and is to be filled in. */
  readonly adding: { current: boolean };
}

const OpenElementContext = createContext<OpenElement | null>(null);

/** A list of objects: one line each, which opens for editing. */
export function ArrayFieldTemplate({ items, canAdd, onAddClick, schema }: ArrayFieldTemplateProps) {
  const [chosen, setChosen] = useState<OpenElement["chosen"]>(null);
  const adding = useRef(false);
  const open = useMemo<OpenElement>(() => ({ schema, chosen, choose: (key, at) => setChosen({ key, at }), adding }), [schema, chosen]);
  const itemTitle = typeof schema.items === "object" && !Array.isArray(schema.items) ? (schema.items.title ?? words.value) : words.value;
  return (
    <OpenElementContext value={open}>
      <div className="list">
        {items.length === 0 ? null : <div className="list-items">{items}</div>}
        {canAdd ? (
          <button type="button" className="btn small" onClick={(event) => {
            adding.current = true;
            onAddClick(event);
          }}>
            <Plus aria-hidden="true" />
            {words.add(itemTitle)}
          </button>
        ) : null}
      </div>
    </OpenElementContext>
  );
}

/** One element: its line, and while it is open its fields. Alt with the arrows moves it, Delete removes it. */
export function ArrayFieldItemTemplate({ children, buttonsProps, index, totalItems, itemKey, registry }: ArrayFieldItemTemplateProps) {
  const list = use(OpenElementContext);
  const context = registry.formContext as FormContext;
  const line = useRef<HTMLButtonElement>(null);
  const moved = useRef(false);
  const pointer = pointerOf(context, buttonsProps.fieldPathId.path);
  const { at } = context;
  const isOpen = list?.chosen?.at === at ? list.chosen.key === itemKey : isInside(at, pointer);
  const choose = list?.choose;
  useEffect(() => {
    if (list === null || !list.adding.current || index !== totalItems - 1) return;
    list.adding.current = false;
    list.choose(itemKey, at);
  }, [list, index, totalItems, itemKey, at]);
  useEffect(() => {
    if (moved.current) line.current?.focus();
    moved.current = false;
  }, [index]);
  const move = (run: () => void): void => {
    moved.current = true;
    run();
  };
  const onKey = (event: KeyboardEvent): void => {
    const act = KEYS[`${event.altKey ? "Alt+" : ""}${event.key}`];
    if (act === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (act === "up" && index > 0) move(buttonsProps.onMoveUpItem);
    else if (act === "down" && index < totalItems - 1) move(buttonsProps.onMoveDownItem);
    else if (act === "remove") {
      neighbor(line.current, index === totalItems - 1 ? -1 : 1)?.focus();
      buttonsProps.onRemoveItem();
    } else if (act === "previous" || act === "next") neighbor(line.current, act === "next" ? 1 : -1)?.focus();
  };
  const { title, detail, look } = summaryOf(context.valueAt(pointer), list?.schema ?? {}, context);
  return (
    <div className={isOpen ? "list-item open" : "list-item"} data-pointer={pointer}>
      <div className="list-line">
        <button ref={line} type="button" className="list-open" aria-expanded={isOpen} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete" title={words.itemKeys} onClick={() => choose?.(isOpen ? null : itemKey, at)} onKeyDown={onKey}>
          {look === null ? isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" /> : <EdgeSample look={look} />}
          <span className="trunc">{title}</span>
          <span className="meta trunc">{detail}</span>
        </button>
        <ProblemCount problems={problemsInside(context, pointer)} />
        {isOpen ? (
          <>
            <IconButton title={words.up} off={index === 0} run={() => move(buttonsProps.onMoveUpItem)} icon={<ArrowUp aria-hidden="true" />} />
            <IconButton title={words.down} off={index === totalItems - 1} run={() => move(buttonsProps.onMoveDownItem)} icon={<ArrowDown aria-hidden="true" />} />
            <IconButton title={words.remove} off={false} run={buttonsProps.onRemoveItem} icon={<Trash2 aria-hidden="true" />} />
          </>
        ) : null}
      </div>
      {isOpen ? <div className="list-body">{children}</div> : null}
    </div>
  );
}

const KEYS: { readonly [keys: string]: "up" | "down" | "remove" | "previous" | "next" | undefined } = {
  "Alt+ArrowUp": "up", "Alt+ArrowDown": "down", Delete: "remove", ArrowUp: "previous", ArrowDown: "next",
};

/** The line before or after one in the same list; after the last one, what adds another. */
function neighbor(line: HTMLElement | null, step: number): HTMLElement | null {
  const list = line?.closest(".list");
  const lines = [...(list?.querySelectorAll<HTMLElement>(":scope > .list-items > .list-item > .list-line > .list-open") ?? [])];
  return lines[lines.findIndex((each) => each === line) + step] ?? list?.querySelector<HTMLElement>(":scope > .btn") ?? null;
}
