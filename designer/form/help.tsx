import { Popover } from "@mantine/core";
import { Info } from "lucide-react";
import { useState } from "react";
import type { Json } from "../../engine/support/json.ts";
import { definitionPath } from "../library/definition-path.ts";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { form as words } from "../strings/form.ts";
import { currentFiles } from "../workspace/workspace.ts";
import { fieldUses } from "./field-uses.ts";
import type { FormContext } from "./form-context.ts";

interface HelpProps {
  readonly title: string;
  readonly text: string;
  readonly examples: readonly Json[] | undefined;
  readonly context: FormContext;
  readonly pointer: string;
}

/** How many definitions that set a field are named. */
const USES_SHOWN = 6;

/** What a field means, an example, and which definitions of its kind set it, one click away and beside the form. */
export function Help(props: HelpProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} width={300} position="left-start" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="help-button" aria-label={words.help(props.title)} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Info aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="help">{open ? <About {...props} /> : null}</Popover.Dropdown>
    </Popover>
  );
}

function About({ title, text, examples, context: { kind, path, goTo }, pointer }: HelpProps) {
  const { uses, all } = fieldUses([...currentFiles().values()].map(({ content }) => content), kind, pointer);
  const others = uses.filter(({ key }) => path !== `${kind}/${key}.json`);
  return (
    <>
      <h3>{title}</h3>
      <p>{text}</p>
      {examples === undefined || examples.length === 0 ? null : (
        <>
          <p className="list-head">{words.examples}</p>
          <pre>{JSON.stringify(examples[0], null, 1)}</pre>
        </>
      )}
      <p className="list-head">{words.setIn(uses.length, all, KIND_LOOKS[kind].many.toLowerCase())}</p>
      <ul className="help-uses">
        {others.slice(0, USES_SHOWN).map(({ key, title: name }) => (
          <li key={key}>
            <button type="button" className="linklike trunc" onClick={() => goTo(`${definitionPath(kind, key)}?at=${encodeURIComponent(pointer)}`)}>{name}</button>
          </li>
        ))}
      </ul>
    </>
  );
}
