import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useMemo, useState, type FormEvent } from "react";
import type { Kind } from "../../engine/language/kinds.ts";
import { useCommands, type Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import { useRefusal } from "../app/use-refusal.ts";
import { Dialog } from "../look/dialog.tsx";
import { DialogActs } from "../look/dialog-acts.tsx";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { Picker, type Choice } from "../look/picker.tsx";
import { library as words } from "../strings/library.ts";
import { currentFiles, editDefinition, isDefinition, useWorkspace } from "../workspace/workspace.ts";
import { definitionPath } from "./definition-path.ts";
import { freeKey } from "./free-key.ts";
import { startContent } from "./start-content.ts";

/** Where a new definition is being asked for: which kind first, then what it is called. */
type Asking = "kind" | Kind | null;

/** Begins a definition. In the list of one kind it is of that kind. */
export function NewDefinitionButton({ kind }: { readonly kind: Kind | null }) {
  const [asking, setAsking] = useState<Asking>(null);
  const disabled = useRefusal("definition.draft");
  const command = useMemo<Command>(() => ({ id: "library.new", title: words.create.title, group: words.title, keys: "N", disabled, run: () => setAsking(kind ?? "kind") }), [kind, disabled]);
  useCommands(useMemo(() => [command], [command]));
  const close = (): void => setAsking(null);
  return (
    <>
      <CommandButton command={command} className="btn primary">
        <Plus aria-hidden="true" />
        {words.create.title}
      </CommandButton>
      {asking === "kind" ? <KindPicker choose={setAsking} close={close} /> : null}
      {asking === null || asking === "kind" ? null : <NameDialog kind={asking} close={close} />}
    </>
  );
}

function KindPicker({ choose, close }: { readonly choose: (kind: Kind) => void; readonly close: () => void }) {
  const files = useWorkspace(({ history }) => history.files);
  const choices = useMemo(
    () =>
      Object.entries(KIND_LOOKS).map(([id, { one, icon: Icon }]): Choice => {
        const count = [...files.values()].filter(({ content }) => isDefinition(content) && content.kind === id).length;
        return { id, title: one, detail: words.create.existing(count), icon: <Icon className="icon" aria-hidden="true" /> };
      }),
    [files],
  );
  return <Picker label={words.create.which} placeholder={words.create.which} nothing={words.nothing} choices={choices} choose={({ id }) => choose(id as Kind)} close={close} />;
}

function NameDialog({ kind, close }: { readonly kind: Kind; readonly close: () => void }) {
  const navigate = useNavigate();
  const files = useWorkspace(({ history }) => history.files);
  const [title, setTitle] = useState("");
  const [description, setDescription] = useState("");
  const name = title.trim();
  const key = freeKey(files, kind, name);
  const begin = (event: FormEvent): void => {
    event.preventDefault();
    if (name === "") return;
    editDefinition(startContent({ kind, key, title: name, description: description.trim() || name, keysOf }), { label: words.create.done(name) });
    close();
    void navigate({ to: definitionPath(kind, key) });
  };
  return (
    <Dialog onClose={close} title={words.create.of(KIND_LOOKS[kind].one)} size="md">
      <form className="ask" onSubmit={begin}>
        <label>
          <span>{words.create.name}</span>
          <input className="input" value={title} data-autofocus autoComplete="off" onChange={(event) => setTitle(event.currentTarget.value)} />
          <span className="meta">{name === "" ? words.create.keyHint : <>{words.create.key} <span className="mono">{key}</span></>}</span>
        </label>
        <label>
          <span>{words.create.description}</span>
          <textarea className="input" rows={2} value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
        </label>
        <DialogActs action={words.create.begin} off={name === ""} close={close} />
      </form>
    </Dialog>
  );
}

function keysOf(kind: Kind): readonly string[] {
  return [...currentFiles().values()].flatMap(({ content }) => (isDefinition(content) && content.kind === kind ? [content.key] : [])).sort();
}
