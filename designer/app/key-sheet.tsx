import { Dialog } from "../look/dialog.tsx";
import { shell } from "../strings/shell.ts";
import { currentCommands, useCommandState } from "./commands.ts";
import { usePalette } from "./palette-state.ts";
import { Keys } from "./parts.tsx";

/** Every key that does something on this page. */
export function KeySheet() {
  const close = usePalette(({ close }) => close);
  const commands = currentCommands(useCommandState()).filter(({ keys }) => keys !== undefined);
  const groups = [...new Set(commands.map(({ group }) => group))];
  return (
    <Dialog onClose={close} title={shell.keysTitle} size="lg">
      {groups.map((group) => (
        <section key={group} className="key-group">
          <h3>{group}</h3>
          <ul>
            {commands.filter((command) => command.group === group).map(({ id, title, keys }) => (
              <li key={id}>
                <span>{title}</span>
                <Keys keys={keys ?? ""} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p className="meta">{shell.keysHint}</p>
    </Dialog>
  );
}
