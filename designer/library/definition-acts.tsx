import { useNavigate } from "@tanstack/react-router";
import { Copy, RotateCcw, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useCommands, type Command } from "../app/commands.ts";
import { Link } from "../app/link.tsx";
import { CommandButton } from "../app/parts.tsx";
import { Dialog } from "../look/dialog.tsx";
import { KIND_LOOKS } from "../look/kind-look.ts";
import { library as words } from "../strings/library.ts";
import { currentFiles, editDefinition, editFiles, isDefinition, pathOf, useWorkspace } from "../workspace/workspace.ts";
import { definitionPath } from "./definition-path.ts";
import { freeKey } from "./free-key.ts";
import type { LibraryRow } from "./library-rows.ts";
import { copyOf } from "./start-content.ts";

interface ActsProps {
  readonly row: LibraryRow;
  /** Who names it, so that nobody deletes what others need without having seen it. */
  readonly users: readonly LibraryRow[];
}

/** What can be done to a whole definition: copy it, delete it, or bring back what was deleted. */
export function DefinitionActs({ row, users }: ActsProps) {
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const commands = useMemo(() => {
    const { kind, path, title } = row;
    const gone = row.change === "removed";
    const duplicate = (): void => {
      const original = currentFiles().get(path)?.content;
      if (!isDefinition(original)) return;
      const copyTitle = words.copyTitle(title);
      const key = freeKey(currentFiles(), kind, copyTitle);
      editDefinition(copyOf(original, key, copyTitle), { label: words.duplicated(title) });
      void navigate({ to: definitionPath(kind, key) });
    };
    const bringBack = (): void => {
      const live = useWorkspace.getState().baseFiles.get(path);
      if (live !== undefined) editFiles([{ path, content: live.content }], { label: words.broughtBack(title) });
    };
    return {
      duplicate: { id: "library.duplicate", title: words.duplicate, group: words.title, keys: "Mod+D", disabled: gone ? words.deleted : undefined, run: duplicate },
      remove: { id: "library.delete", title: words.delete, group: words.title, keys: "Delete", disabled: gone ? words.deleted : undefined, run: () => setDeleting(true) },
      bringBack: { id: "library.bring-back", title: words.bringBack, group: words.title, disabled: gone ? undefined : words.notDeleted, run: bringBack },
    } satisfies { readonly [name: string]: Command };
  }, [row, navigate]);
  useCommands(useMemo(() => Object.values(commands), [commands]));
  if (row.change === "removed") return <CommandButton command={commands.bringBack} className="btn primary"><RotateCcw aria-hidden="true" />{words.bringBack}</CommandButton>;
  return (
    <>
      <CommandButton command={commands.duplicate} className="btn"><Copy aria-hidden="true" />{words.duplicate}</CommandButton>
      <CommandButton command={commands.remove} className="btn"><Trash2 aria-hidden="true" />{words.delete}</CommandButton>
      {deleting ? <DeleteDialog row={row} users={users} close={() => setDeleting(false)} /> : null}
    </>
  );
}

function DeleteDialog({ row: { kind, key, title }, users, close }: ActsProps & { readonly close: () => void }) {
  const remove = (): void => {
    close();
    const layout = `${kind}/${key}.layout.json`;
    const paths = [pathOf(kind, key), ...(currentFiles().has(layout) ? [layout] : [])];
    editFiles(paths.map((path) => ({ path, content: null })), { label: words.deletedStep(title) });
  };
  return (
    <Dialog onClose={close} title={words.deleteTitle(title)} size="md">
      <div className="ask">
        <p>{users.length === 0 ? words.usedByNobody : words.usedByThese(users.length)}</p>
        {users.length === 0 ? null : (
          <ul className="related">
            {users.map((user) => {
              const { icon: Icon, one } = KIND_LOOKS[user.kind];
              return (
                <li key={user.path}>
                  <Icon className="icon" aria-label={one} />
                  <Link to={definitionPath(user.kind, user.key)}>{user.title}</Link>
                </li>
              );
            })}
          </ul>
        )}
        <p className="text-2">{words.deleteHint}</p>
        <div className="acts">
          <button type="button" className="btn danger" data-autofocus onClick={remove}>
            {words.delete}
          </button>
          <button type="button" className="btn quiet" onClick={close}>
            {words.cancel}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
