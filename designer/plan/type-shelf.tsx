import { Search } from "lucide-react";
import { useId, useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import { words as spaced } from "../look/format.ts";
import { matching } from "../look/picker.tsx";
import { plan as words } from "../strings/plan.ts";
import { useWorkspace } from "../workspace/workspace.ts";
import { taskTypes, type TaskTypeChoice } from "./add-task.ts";
import { performerIcon } from "./performer-icon.ts";
import { dragTaskType } from "./task-type-drag.ts";
import type { Plan } from "./use-plan.ts";

interface TypeShelfProps {
  readonly plan: Plan;
  readonly head: ReactNode;
  /** The type that a click on the canvas places now. */
  readonly placing: string | null;
  readonly startPlacing: (type: string | null) => void;
  /** Adds a task where the selection says, without pointing at a place. */
  readonly add: (type: string) => void;
}

/** All task types by kind of work: to be dragged onto the canvas, or clicked and then placed; Enter adds after what is selected. */
export function TypeShelf({ plan, head, placing, startPlacing, add }: TypeShelfProps) {
  const files = useWorkspace(({ history }) => history.files);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const list = useId();
  const groups = useMemo(() => groupsOf(matching(taskTypes(files, plan.find), query)), [files, plan, query]);
  const shown = groups.flatMap(({ types }) => types);
  const current = shown[Math.min(active, shown.length - 1)];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setActive(Math.min(active + 1, shown.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else if (event.key === "Enter" && current !== undefined) add(current.id);
    else if (event.key === "Escape" && placing !== null) startPlacing(null);
    else return;
    event.preventDefault();
  };
  return (
    <aside className="pane left shelf" aria-label={words.shelf} onKeyDown={onKeyDown}>
      {head}
      <label className="search">
        <Search aria-hidden="true" />
        <span className="hidden">{words.addPlaceholder}</span>
        <input
          type="search" role="combobox" aria-expanded="true" aria-controls={list} aria-activedescendant={current === undefined ? undefined : `${list}${current.id}`} placeholder={words.addPlaceholder} value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
        />
      </label>
      {shown.length === 0 ? <p className="nothing">{words.addNothing}</p> : null}
      <div id={list} className="shelf-list" role="listbox" aria-label={words.shelf} tabIndex={-1}>
        {groups.map(({ title, types }) => (
          <div key={title} role="group" aria-label={title}>
            <div className="shelf-head" aria-hidden="true">{title}</div>
            {types.map((type) => {
              const Performer = performerIcon({ by: "system", category: type.category });
              return (
                <div
                  key={type.id} id={`${list}${type.id}`} role="option" aria-selected={type === current} className={`shelf-type${type.id === placing ? " placing" : ""}`} title={`${type.title}, ${type.detail}`}
                  draggable onDragStart={(event) => dragTaskType(event.dataTransfer, type.id)} onClick={() => startPlacing(type.id === placing ? null : type.id)}
                  ref={type === current ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
                >
                  <Performer aria-hidden="true" />
                  <span className="trunc">{type.title}</span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </aside>
  );
}

interface Group {
  readonly title: string;
  readonly types: readonly TaskTypeChoice[];
}

function groupsOf(types: readonly TaskTypeChoice[]): readonly Group[] {
  const categories = [...new Set(types.map(({ category }) => category))].toSorted((a, b) => a.localeCompare(b, "en"));
  return categories.map((category) => ({ title: spaced(category), types: types.filter((type) => type.category === category) }));
}
