import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { definitionPath } from "../library/definition-path.ts";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { matching, Picker, type Choice } from "../look/picker.tsx";
import { shell } from "../strings/shell.ts";
import { isDefinition, useWorkspace } from "../workspace/workspace.ts";
import { currentCommands, useCommandState } from "./commands.ts";
import { orderPath } from "./link.tsx";
import { usePalette } from "./palette-state.ts";

interface Jump extends Choice {
  readonly run: () => void;
}

/** Every command, definition and order from one field. */
export function Palette() {
  const close = usePalette(({ close }) => close);
  const navigate = useNavigate();
  const all = useJumps();
  const choices = (query: string): readonly Jump[] => {
    const id = query.trim();
    const isOrder = /^[\w-]{6,}$/.test(id) && /\d/.test(id);
    const order = { id: "order", title: shell.palette.openOrder(id), detail: shell.palette.orders, run: () => void navigate({ to: orderPath(id) }) };
    return [...(isOrder ? [order] : []), ...matching(all, query)];
  };
  return <Picker label={shell.palette.label} placeholder={shell.palette.placeholder} nothing={shell.palette.nothing} choices={choices} choose={({ run }) => run()} close={close} />;
}

function useJumps(): readonly Jump[] {
  const navigate = useNavigate();
  const files = useWorkspace(({ history }) => history.files);
  const commandState = useCommandState();
  return useMemo(() => {
    const commands = currentCommands(commandState).map(({ id, title, group, keys, disabled, run }) => ({ id, title, detail: group, keys, disabled, run }));
    const definitions = [...files.values()].flatMap(({ content }) =>
      isDefinition(content) ? [{ id: `${content.kind}/${content.key}`, title: content.title, detail: KIND_LOOKS[content.kind]?.one ?? content.kind, run: () => void navigate({ to: definitionPath(content.kind, content.key) }) }] : [],
    );
    return [...commands, ...definitions];
  }, [commandState, files, navigate]);
}
