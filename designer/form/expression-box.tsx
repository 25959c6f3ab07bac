import { Popover } from "@mantine/core";
import { CircleX, Maximize2 } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { Dialog } from "../look/dialog.tsx";
import { form as words } from "../strings/form.ts";
import { completeExpression, type Completion, type Completions } from "./complete-expression.ts";
import type { FormContext } from "./form-context.ts";
import { IconButton } from "./icon-button.tsx";
import { endsTyping, rowsOf } from "./text-box.tsx";
import { useExpression, type ExpressionState } from "./use-expression.ts";
import { useTyped } from "./use-typed.ts";

interface ExpressionBoxProps {
  readonly id: string;
  readonly value: string;
  readonly commit: (text: string) => void;
  readonly label: string;
  readonly context: FormContext;
  /** JSON Pointer of the value. */
  readonly pointer: string;
  readonly multiline?: boolean;
  /** What the window for long texts is called; the label when left out. */
  readonly title?: string;
}

/** Fields of more letters than these open in a window of their own, too. */
const LONG = 30;

/**
 * A value that may be an expression. Behind `=` it offers what is known at this place, says what is wrong and where, and what
 * comes of it for an order of a scenario; any other text is a text.
 */
export function ExpressionBox(props: ExpressionBoxProps) {
  const { value, commit, label, title = label } = props;
  const [poppedOut, setPoppedOut] = useState(false);
  const typed = useTyped(value, commit);
  return (
    <div className="expression">
      <div className="line">
        <Editor {...props} {...typed} focused={false} />
        {typed.text.startsWith("=") || typed.text.length > LONG ? <IconButton title={words.popOut(title)} off={false} run={() => setPoppedOut(true)} icon={<Maximize2 aria-hidden="true" />} /> : null}
      </div>
      {poppedOut ? (
        <Dialog onClose={() => setPoppedOut(false)} title={title} size="lg">
          <Editor {...props} {...typed} id={`${props.id}_wide`} multiline focused />
          <p className="hint">{words.expressionHint}</p>
        </Dialog>
      ) : null}
    </div>
  );
}

interface EditorProps extends ExpressionBoxProps {
  readonly text: string;
  readonly type: (text: string) => void;
  readonly take: () => void;
  /** Whether it stands alone and shows all it knows. */
  readonly focused: boolean;
}

function Editor({ id, label, context, pointer, multiline = false, text, type, take, focused }: EditorProps) {
  const [inside, setInside] = useState(focused);
  const [sample, setSample] = useState<string | null>(null);
  const [list, setList] = useState<Completions | null>(null);
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const listId = useId();
  const state = useExpression(context.path, pointer, text, inside, sample);
  const offered = list !== null && list.options.length > 0 ? list : null;
  const chosen = offered?.options[Math.min(active, offered.options.length - 1)];
  const offer = (written: string, cursor: number, asked: boolean): void => {
    setActive(0);
    const begun = asked || written === "=" || /[\w.]$/.test(written.slice(0, cursor));
    setList(state.known === null || !written.startsWith("=") || cursor < 1 || !begun ? null : completeExpression(written.slice(1), cursor - 1, state.known.vocabulary));
  };
  const insert = ({ insert: inserted }: Completion): void => {
    if (offered === null) return;
    const written = `${text.slice(0, offered.from + 1)}${inserted}${text.slice(offered.to + 1)}`;
    type(written);
    setList(null);
    const cursor = offered.from + 1 + inserted.length;
    requestAnimationFrame(() => field.current?.setSelectionRange(cursor, cursor));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement & HTMLTextAreaElement>): void => {
    if (event.key === " " && event.ctrlKey) offer(text, event.currentTarget.selectionStart, true);
    else if (offered !== null && chosen !== undefined && event.key === "ArrowDown") setActive((at) => (at + 1) % offered.options.length);
    else if (offered !== null && chosen !== undefined && event.key === "ArrowUp") setActive((at) => (at + offered.options.length - 1) % offered.options.length);
    else if (chosen !== undefined && event.key === "Enter") insert(chosen);
    else if (offered !== null && event.key === "Escape") setList(null);
    else {
      if (endsTyping(event)) take();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const shared = {
    id, value: text, className: "input mono", spellCheck: false, autoComplete: "off", "aria-label": label, role: "combobox", "aria-expanded": offered !== null, "aria-controls": offered === null ? undefined : listId, "aria-autocomplete": "list" as const,
    "aria-activedescendant": chosen === undefined ? undefined : `${listId}${chosen.label}`, "data-autofocus": focused || undefined, onKeyDown,
    onFocus: () => setInside(true),
    onBlur: () => {
      take();
      setList(null);
      if (!focused) setInside(false);
    },
    onChange: (event: { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
      type(event.currentTarget.value);
      offer(event.currentTarget.value, event.currentTarget.selectionStart ?? event.currentTarget.value.length, false);
    },
  };
  return (
    <div className="expression-editor">
      <Popover opened={offered !== null} position="bottom-start" offset={2} width="max-content" trapFocus={false} returnFocus={false} withRoles={false} withinPortal>
        <Popover.Target>
          <div>{multiline ? <textarea ref={field} rows={focused ? 6 : rowsOf(text)} {...shared} /> : <input ref={field} type="text" {...shared} />}</div>
        </Popover.Target>
        <Popover.Dropdown className="completions">
          <ul id={listId} role="listbox" aria-label={words.knownHere}>
            {offered?.options.map((option) => (
              <li key={option.label} id={`${listId}${option.label}`} role="option" aria-selected={option === chosen} ref={option === chosen ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined} onMouseDown={(event) => {
                event.preventDefault();
                insert(option);
              }}>
                <span className="mono">{option.label}</span>
                <span className="meta trunc">{option.detail}</span>
              </li>
            ))}
          </ul>
        </Popover.Dropdown>
      </Popover>
      {inside ? <Findings state={state} text={text} told={context.problems.get(pointer)?.map(({ message }) => message) ?? []} show={(from, to) => {
        field.current?.focus();
        field.current?.setSelectionRange(from + 1, to + 1);
      }} sample={setSample} wide={focused} /> : null}
    </div>
  );
}

interface FindingsProps {
  readonly state: ExpressionState;
  readonly text: string;
  /** What is said of the place elsewhere already. */
  readonly told: readonly string[];
  readonly show: (from: number, to: number) => void;
  readonly sample: (key: string) => void;
  readonly wide: boolean;
}

/** What is wrong with the expression, or what it gives. */
function Findings({ state: { examination, result }, text, told, show, sample, wide }: FindingsProps) {
  const problems = (examination?.problems ?? []).filter(({ message }) => !told.includes(message));
  return (
    <div className="findings" aria-live="polite">
      {problems.map(({ from, to, message }) => (
        <p key={`${from}${message}`} className="finding">
          <CircleX aria-hidden="true" />
          <span>{message}</span>
          <button type="button" className="btn small quiet mono" onMouseDown={(event) => event.preventDefault()} onClick={() => show(from, to)} aria-label={words.showAt(from + 1)}>
            {text.slice(from + 1, to + 1) || words.atEnd}
          </button>
        </p>
      ))}
      {result?.state === "value" ? (
        <p className="result">
          <span className="mono trunc" title={JSON.stringify(result.value)}>{result.value === null ? words.noValue : JSON.stringify(result.value)}</span>
          {wide ? (
            <select className="input" aria-label={words.sampleOrder} value={result.sample.key} onChange={(event) => sample(event.currentTarget.value)}>
              {result.samples.map(({ key, title }) => <option key={key} value={key}>{title}</option>)}
            </select>
          ) : (
            <span className="meta trunc">{words.inSample(result.sample.title)}</span>
          )}
        </p>
      ) : result?.state === "no-sample" ? (
        <p className="hint">{words.noSample}</p>
      ) : null}
    </div>
  );
}
