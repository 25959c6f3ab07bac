import { Redo2, Undo2 } from "lucide-react";
import { useMemo } from "react";
import { useCommands, type Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import { definition as words } from "../strings/definition.ts";
import { redo, undo, useWorkspace } from "./workspace.ts";

/** Takes back and does again what was done to the files, wherever it was done. */
export function UndoButtons() {
  const { past, future } = useWorkspace(({ history }) => history);
  const commands = useMemo<readonly [Command, Command]>(() => {
    const last = past.at(-1);
    const next = future[0];
    return [
      { id: "edit.undo", title: last === undefined ? words.undo : words.undoStep(last.label), group: words.group, keys: "Mod+Z", disabled: last === undefined ? words.nothingToUndo : undefined, run: undo },
      { id: "edit.redo", title: next === undefined ? words.redo : words.redoStep(next.label), group: words.group, keys: "Mod+Shift+Z", disabled: next === undefined ? words.nothingToRedo : undefined, run: redo },
    ];
  }, [past, future]);
  useCommands(commands);
  return (
    <>
      <CommandButton command={commands[0]} className="btn small icon quiet">
        <Undo2 aria-label={words.undo} />
      </CommandButton>
      <CommandButton command={commands[1]} className="btn small icon quiet">
        <Redo2 aria-label={words.redo} />
      </CommandButton>
    </>
  );
}
