import { Copy, CopyPlus, Scissors, Trash2, X } from "lucide-react";
import type { Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import { plan as words } from "../strings/plan.ts";
import { performerIcon } from "./performer-icon.ts";
import { toggled, type Picks } from "./pick-tasks.ts";
import type { PlanView } from "./plan-view.ts";
import type { PickTasks } from "./use-picks.ts";

interface SeveralProps {
  readonly view: PlanView;
  readonly picks: Picks;
  readonly pick: PickTasks;
  readonly commands: { readonly duplicate: Command; readonly copy: Command; readonly cut: Command; readonly remove: Command };
}

/** What stands in place of the form when several tasks are selected: which ones, and what can be done with all of them. */
export function Several({ view, picks, pick, commands }: SeveralProps) {
  const acts = [[commands.duplicate, CopyPlus], [commands.copy, Copy], [commands.cut, Scissors], [commands.remove, Trash2]] as const;
  return (
    <aside className="pane right inspector several" aria-label={words.several}>
      <h2 className="pane-head">{words.selected(picks.length)}</h2>
      <ul className="several-acts">
        {acts.map(([command, Icon]) => (
          <li key={command.id}>
            <CommandButton command={command} className="btn small quiet" showKeys>
              <Icon aria-hidden="true" />
              <span className="grow">{command.title}</span>
            </CommandButton>
          </li>
        ))}
      </ul>
      <ul className="several-tasks">
        {view.tasks.filter(({ key }) => picks.includes(key)).map((card) => {
          const Performer = performerIcon(card);
          return (
            <li key={card.key}>
              <button type="button" className="btn small quiet grow" title={words.onlyThis} onClick={() => pick([card.key])}>
                <Performer aria-hidden="true" />
                <span className="trunc">{card.title}</span>
              </button>
              <button type="button" className="btn small icon quiet" aria-label={words.unpick(card.title)} title={words.unpick(card.title)} onClick={() => pick(toggled(picks, card.key))}>
                <X aria-hidden="true" />
              </button>
            </li>
          );
        })}
      </ul>
      <p className="meta several-hint">{words.severalHint}</p>
    </aside>
  );
}
