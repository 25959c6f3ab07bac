import { Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { ChevronDown, CloudAlert, CloudCheck, CloudOff, CloudUpload, Eye, FilePlus2, GitMerge, GitPullRequestArrow, List, PencilLine, Trash2, type LucideIcon } from "lucide-react";
import { useMemo, useState } from "react";
import { useCommands, type Command } from "../app/commands.ts";
import { usePersonName } from "../app/person.tsx";
import { formatInstant } from "../look/format.ts";
import { draft as words } from "../strings/draft.ts";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { DiscardDialog, RenameDialog } from "./draft-dialogs.tsx";
import { useDraft, type Saving } from "./draft-state.ts";
import { workOn } from "./use-workspace-page.ts";
import { changedFiles, useWorkspace } from "./workspace.ts";

type Asking = "conflict" | "rename" | "discard" | null;

/** Whether what one did is safe, and what can be done with the draft it is in; always in view where definitions are edited. */
export function SaveState() {
  const { name, title, saving } = useDraft();
  const { baseFiles, history } = useWorkspace();
  const nameOf = usePersonName();
  const [asking, setAsking] = useState<Asking>(null);
  const commands = useDraftCommands(name, setAsking);
  const close = (): void => setAsking(null);
  const dialogs = (
    <>
      {asking === "conflict" && saving.state === "conflict" ? <ConflictDialog saving={saving} close={close} /> : null}
      {asking === "rename" && name !== null ? <RenameDialog name={name} title={title} close={close} /> : null}
      {asking === "discard" && name !== null ? <DiscardDialog name={name} title={title} close={close} /> : null}
    </>
  );
  if (saving.state === "conflict") {
    return (
      <>
        <button type="button" className="btn small danger" onClick={() => setAsking("conflict")}>
          <GitMerge aria-hidden="true" />
          {words.conflict(nameOf(saving.by))}
        </button>
        {dialogs}
      </>
    );
  }
  const [Icon, text, hint] = shown(saving, changedFiles(baseFiles, history.files).size > 0);
  const status = (
    <span className="status" role="status" title={hint}>
      <Icon aria-hidden="true" />
      {text}
    </span>
  );
  if (saving.state === "local" || saving.state === "reader") return status;
  return (
    <>
      {status}
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <button type="button" className="btn small quiet draft-menu" aria-label={words.menu(title === "" ? words.none : title)} title={title === "" ? words.none : title}>
            <span className="trunc">{title === "" ? words.none : title}</span>
            <ChevronDown aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {commands.map(({ icon: Icon, ...command }) => (
            <Menu.Item key={command.id} leftSection={<Icon aria-hidden="true" />} disabled={command.disabled !== undefined} title={command.disabled} onClick={command.run}>
              {command.title}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {dialogs}
    </>
  );
}

function useDraftCommands(name: string | null, ask: (asking: Asking) => void): readonly (Command & { readonly icon: LucideIcon })[] {
  const navigate = useNavigate();
  const commands = useMemo(() => {
    const disabled = name === null ? words.noneYet : undefined;
    const look = (): void => void (name === null ? undefined : navigate({ to: "/review/$draft", params: { draft: name } }));
    return [
      { id: "draft.look", title: words.look, group: words.group, icon: GitPullRequestArrow, disabled, run: look },
      { id: "draft.rename", title: words.rename, group: words.group, icon: PencilLine, disabled, run: () => ask("rename") },
      { id: "draft.list", title: words.list, group: words.group, icon: List, run: () => void navigate({ to: "/review", search: { tab: "open" } }) },
      { id: "draft.new", title: words.begin, group: words.group, icon: FilePlus2, disabled, run: () => void workOn("") },
      { id: "draft.discard", title: words.discard, group: words.group, icon: Trash2, disabled, run: () => ask("discard") },
    ];
  }, [name, navigate, ask]);
  useCommands(commands);
  return commands;
}

function shown(saving: Exclude<Saving, { state: "conflict" }>, changed: boolean): readonly [LucideIcon, string, string | undefined] {
  switch (saving.state) {
    case "saved": return [CloudCheck, changed && saving.at !== null ? words.saved(formatInstant(saving.at)) : words.nothingChanged, undefined];
    case "saving": return [CloudUpload, words.saving, undefined];
    case "offline": return [CloudOff, words.offline, saving.reason];
    case "refused": return [CloudAlert, words.refused, saving.reason];
    case "unreadable": return [CloudAlert, words.unreadable(saving.paths.length), saving.paths.join(", ")];
    case "local": return [CloudOff, words.local, undefined];
    case "reader": return [Eye, words.reader, saving.reason];
  }
}
