import { Menu } from "@mantine/core";
import { Fragment } from "react";
import { Keys } from "../app/parts.tsx";
import { grid as words } from "../strings/grid.ts";
import { keysOfAction, type EditAction } from "./key-map.ts";

/** What the menu of a cell can do beside the edits. */
export type LookAction = "hide" | "showAll" | "freeze" | "unfreeze" | "wrap" | "fit" | "column";

const ROWS: readonly EditAction[] = ["insertAbove", "insertBelow", "duplicateRows", "moveRowsUp", "moveRowsDown", "removeRows"];
const COLUMNS: readonly EditAction[] = ["sortUp", "sortDown", "moveColumnsLeft", "moveColumnsRight", "removeColumns"];
const CELLS: readonly EditAction[] = ["fillDown", "fillRight", "clear"];

interface GridMenuProps {
  /** Where it opens, in the pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
  /** A column menu leaves out what is done with rows and cells. */
  readonly of: "cells" | "column";
  readonly looks: readonly LookAction[];
  readonly act: (action: EditAction) => void;
  readonly look: (action: LookAction) => void;
  readonly close: () => void;
}

/** Everything that can be done with the selected cells, rows and columns, with its keys. */
export function GridMenu({ at, of, looks, act, look, close }: GridMenuProps) {
  const groups: readonly (readonly [title: string, actions: readonly EditAction[]])[] = of === "cells" ? [[words.rowsGroup, ROWS], [words.cellsGroup, CELLS], [words.columnsGroup, COLUMNS]] : [[words.columnsGroup, COLUMNS]];
  return (
    <Menu opened onClose={close} position={at.y > window.innerHeight / 2 ? "top-start" : "bottom-start"} width={260} returnFocus={false} withInitialFocusPlaceholder={false} menuItemTabIndex={0}>
      <Menu.Target>
        <button type="button" tabIndex={-1} className="menu-anchor" aria-label={words.menu} style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown className="grid-menu">
        {groups.map(([title, actions]) => (
          <Fragment key={title}>
            <Menu.Label>{title}</Menu.Label>
            {actions.map((action) => {
              const keys = keysOfAction(action);
              return <Menu.Item key={action} onClick={() => act(action)} rightSection={keys === undefined ? null : <Keys keys={keys} />}>{words.acts[action]}</Menu.Item>;
            })}
          </Fragment>
        ))}
        <Menu.Label>{words.lookGroup}</Menu.Label>
        {looks.map((action) => <Menu.Item key={action} onClick={() => look(action)}>{words.looks[action]}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}
