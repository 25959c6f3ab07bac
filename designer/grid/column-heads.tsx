import { EllipsisVertical } from "lucide-react";
import { isOutput } from "../../engine/sheet/column-side.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { grid as words } from "../strings/grid.ts";
import { HITS_WIDTH, restOf } from "./cell-row.tsx";
import { columnTitle } from "./clipboard.ts";
import type { ColumnLayout, Span } from "./column-layout.ts";

interface ColumnHeadsProps {
  readonly table: DecisionTable;
  readonly layout: ColumnLayout;
  readonly span: Span;
  readonly firstOut: number;
  readonly chosen: Span;
  readonly tested: boolean;
  readonly openMenu: (column: number) => void;
}

/** The heads: what the sides are, then each column with its name, kind and unit; the edge of a head resizes it. */
export function ColumnHeads({ table, layout, span, firstOut, chosen, tested, openMenu }: ColumnHeadsProps) {
  const border = firstOut < 0 ? layout.total : layout.lefts[firstOut] ?? layout.total;
  const drawn = [...Array.from({ length: layout.frozen }, (_, column) => column), ...Array.from({ length: Math.max(0, span.to - span.from) }, (_, column) => span.from + column)].filter((column) => (layout.widths[column] ?? 0) > 0);
  return (
    <div className="cells-head" role="rowgroup" style={{ width: layout.total + (tested ? HITS_WIDTH : 0) }}>
      <div className="head-sides" aria-hidden="true">
        <span className="side" style={{ width: border }}>{words.sides[table.purpose === "decomposition" ? "item" : "any"]}</span>
        <span className="side out" style={{ width: layout.total - border }}>{words.outputs}</span>
      </div>
      <div className="head-row" role="row" aria-rowindex={1}>
        <div className="box head number" role="columnheader" aria-colindex={1} title={words.selectAll}>#</div>
        {drawn.map((position, place) => {
          const column = table.columns[position];
          if (column === undefined) return null;
          const frozen = position < layout.frozen;
          const look = ["box head", isOutput(column) ? "out" : "", position === firstOut ? "first-out" : "", frozen ? "frozen" : "", position >= chosen.from && position < chosen.to ? "chosen" : "", column.type === "number" && isOutput(column) ? "num" : ""].filter(Boolean).join(" ");
          return (
            <div
              key={position} role="columnheader" aria-colindex={position + 2} className={look} data-column={position} title={isOutput(column) ? column.out : `${column.key}: ${column.in}`}
              style={{ width: layout.widths[position], marginLeft: place === layout.frozen ? (layout.lefts[position] ?? 0) - layout.frozenWidth : 0, ...(frozen ? { left: layout.lefts[position] } : {}) }}
            >
              <b className="trunc">{columnTitle(column)}</b>
              <span className="meta trunc">{kindOf(column)}</span>
              <button type="button" tabIndex={-1} className="head-menu" aria-label={words.columnMenu(columnTitle(column))} onMouseDown={(event) => event.stopPropagation()} onClick={() => openMenu(position)}>
                <EllipsisVertical aria-hidden="true" />
              </button>
              <span className="resizer" data-resize={position} />
            </div>
          );
        })}
        {tested ? <div className="box head hits" role="columnheader" aria-colindex={table.columns.length + 2} title={words.hitsHint} style={{ marginLeft: restOf(layout, drawn) }}><b>{words.hits}</b><span className="meta">{words.hitsUnit}</span></div> : null}
      </div>
    </div>
  );
}

/** What a column holds, in a word: "one of 3", "number, Mbit/s", "yes or no". */
function kindOf(column: DecisionTable["columns"][number]): string {
  const kind = column.values === undefined ? words.types[column.type] : words.oneOf(column.values.length);
  return column.unit === undefined ? kind : words.inUnit(kind, column.unit);
}
