import { getRouteApi } from "@tanstack/react-router";
import { FlaskConical } from "lucide-react";
import { useId, useMemo, useState } from "react";
import type { Expectations, Scenario } from "../../engine/language/scenario-kinds.ts";
import type { Json } from "../../engine/support/json.ts";
import { useCommands, type Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import { definitionPath } from "../library/definition-path.ts";
import { freeKey } from "../library/free-key.ts";
import { Dialog } from "../look/dialog.tsx";
import { DialogActs } from "../look/dialog-acts.tsx";
import { words as readable } from "../look/format.ts";
import { humanDuration } from "../look/human-duration.ts";
import { simulate as words } from "../strings/simulate.ts";
import { simulationService } from "../worker/simulation.ts";
import type { RunAnswer } from "../worker/simulation-service.ts";
import { currentFiles, editFiles, pathOf } from "../workspace/workspace.ts";
import { expectationTitle } from "./expectation-title.ts";

const route = getRouteApi("/simulate");

/** What was seen becomes a test of the draft: its author chooses what of it must be so. */
export function SaveScenario({ answer, title }: { readonly answer: RunAnswer | undefined; readonly title: string }) {
  const [seen, setSeen] = useState<Scenario | null>(null);
  const commands = useMemo((): readonly Command[] => {
    const save = async (): Promise<void> => {
      const name = words.seenAgain(title);
      setSeen(await simulationService().scenario("draft", { key: freeKey(currentFiles(), "scenario", name), title: name, description: words.saveDescription }));
    };
    return [{ id: "simulate.save", title: words.save, group: words.group, disabled: answer?.ok === true ? undefined : words.running, run: () => void save() }];
  }, [answer, title]);
  useCommands(commands);
  const [command] = commands;
  return (
    <>
      {command === undefined ? null : (
        <CommandButton command={command} className="btn primary">
          <FlaskConical aria-hidden="true" />
          {words.save}
        </CommandButton>
      )}
      {seen === null ? null : <SaveDialog seen={seen} close={() => setSeen(null)} />}
    </>
  );
}

function SaveDialog({ seen, close }: { readonly seen: Scenario; readonly close: () => void }) {
  const navigate = route.useNavigate();
  const titleId = useId();
  const descriptionId = useId();
  const [title, setTitle] = useState(seen.title);
  const [description, setDescription] = useState(seen.description);
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const all = Object.keys(seen.expect) as readonly (keyof Expectations)[];
  const save = (): void => {
    const key = freeKey(currentFiles(), "scenario", title);
    const expect = Object.fromEntries(Object.entries(seen.expect).filter(([name]) => !without.has(name))) as Expectations;
    const scenario: Scenario = { ...seen, key, title, description, expect };
    close();
    editFiles([{ path: pathOf("scenario", key), content: scenario as unknown as Json }], { label: words.saved(title) });
    void navigate({ to: definitionPath("scenario", key) });
  };
  const toggle = (name: string): void => setWithout(new Set(without.has(name) ? [...without].filter((other) => other !== name) : [...without, name]));
  return (
    <Dialog onClose={close} title={words.save} size="lg">
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <label className="field-label" htmlFor={titleId}>{words.saveTitle}</label>
        <input id={titleId} className="input" data-autofocus value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
        <label className="field-label" htmlFor={descriptionId}>{words.saveWhat}</label>
        <input id={descriptionId} className="input" value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
        <fieldset className="expected">
          <legend>{words.expected}</legend>
          {all.map((name) => (
            <label key={name}>
              <input type="checkbox" checked={!without.has(name)} onChange={() => toggle(name)} />
              <span>{expectationTitle(name)}</span>
              <span className="meta trunc">{summary(seen.expect[name])}</span>
            </label>
          ))}
        </fieldset>
        <p className="text-2">{words.saveHint}</p>
        <DialogActs action={words.saveIt} off={title.trim() === "" || without.size === all.length} cancel={words.cancel} close={close} />
      </form>
    </Dialog>
  );
}

/** A state or a duration as people say it. */
function inWords(value: string): string {
  return /^PT?\d/.test(value) ? humanDuration(value) : readable(value);
}

/** What is expected, so short that it fits beside its name. */
function summary(value: unknown): string {
  if (typeof value === "string") return inWords(value);
  if (Array.isArray(value)) return words.entries(value.length);
  const inner = Object.values(value as object);
  return inner.length === 1 && typeof inner[0] === "string" ? inWords(inner[0]) : words.entries(Array.isArray(inner[0]) && inner.length === 1 ? inner[0].length : inner.length);
}
