import { Dialog } from "../look/dialog.tsx";
import { useEffect, useState } from "react";
import { describeDefinitions } from "../../engine/diff/describe-diff.ts";
import { diffDefinitions } from "../../engine/diff/diff-definitions.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import type { SheetImport as Reading } from "../../engine/sheet/import-tables.ts";
import type { SheetNote } from "../../engine/sheet/sheet-report.ts";
import { sheetsApi } from "../api/sheets.ts";
import { grid as words } from "../strings/grid.ts";
import { tableService } from "../worker/language.ts";
import { currentFiles } from "../workspace/workspace.ts";
import { rowChanges, type RowChanges } from "./row-changes.ts";

/** Changes and notes that are listed at most. */
const LISTED_MAX = 60;

/** Hands the table out as a workbook. */
export async function exportTable(table: DecisionTable): Promise<void> {
  const bytes = await sheetsApi.write(table);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(bytes);
  link.download = `${table.key}.xlsx`;
  link.click();
  URL.revokeObjectURL(link.href);
}

interface SheetImportProps {
  readonly path: string;
  readonly file: File;
  readonly table: DecisionTable;
  readonly take: (table: DecisionTable) => void;
  readonly close: () => void;
}

/** What a file would change in the table as it is in the draft, before anything is changed; and what in it was not understood. */
export function SheetImport({ path, file, table, take, close }: SheetImportProps) {
  const [reading, setReading] = useState<Reading | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    const read = async (): Promise<void> => setReading(await tableService(currentFiles()).readSheet(path, await sheetsApi.read(file)));
    read().catch((error: unknown) => setTrouble(error instanceof Error ? error.message : String(error)));
  }, [file, path]);
  const found = reading?.tables[0]?.table;
  const next: DecisionTable | null = found === undefined ? null : { ...found, key: table.key, version: table.version, purpose: table.purpose };
  const changes = next === null ? [] : describeDefinitions(diffDefinitions([table], [next])).flatMap(({ details, summary }) => (details.length > 0 ? details : summary));
  const [errors, notes] = [(reading?.report ?? []).filter(({ severity }) => severity === "error"), (reading?.report ?? []).filter(({ severity }) => severity === "note")];
  return (
    <Dialog onClose={close} title={words.importTitle(file.name)} size="lg">
      {trouble === null ? null : <p className="trouble" role="alert">{trouble}</p>}
      {reading === null && trouble === null ? <p className="muted">{words.importReading}</p> : null}
      {reading !== null && next === null && errors.length === 0 ? <p>{words.importNone}</p> : null}
      <Notes title={words.importErrors(errors.length)} notes={errors} />
      {next === null ? null : <p><b>{changes.length === 0 ? words.importNothing : changeWords(rowChanges(table, next))}</b></p>}
      <ul className="reasons">
        {changes.slice(0, LISTED_MAX).map((line) => <li key={line}>{line.replaceAll("*", "")}</li>)}
      </ul>
      {changes.length > LISTED_MAX ? <p className="muted">{words.andMore(changes.length - LISTED_MAX)}</p> : null}
      <Notes title={words.importNotes} notes={notes} />
      <div className="acts">
        <button type="button" className="btn primary" disabled={next === null || changes.length === 0 || errors.length > 0} title={errors.length > 0 ? words.importRefused : undefined} onClick={() => {
          if (next !== null) take(next);
          close();
        }}>
          {words.importTake}
        </button>
        <button type="button" className="btn quiet" onClick={close}>{words.stop}</button>
      </div>
    </Dialog>
  );
}

function changeWords({ added, changed, removed, moved }: RowChanges): string {
  const parts = [added > 0 ? words.rowsAdded(added) : "", changed > 0 ? words.rowsChanged(changed) : "", removed > 0 ? words.rowsRemoved(removed) : "", moved ? words.rowsMoved : ""].filter(Boolean);
  return parts.length === 0 ? words.rowsSame : parts.join(", ");
}

/** What was said of cells of the file. */
function Notes({ title, notes }: { readonly title: string; readonly notes: readonly SheetNote[] }) {
  if (notes.length === 0) return null;
  return (
    <>
      <h3 className="list-head">{title}</h3>
      <ul className="reasons">
        {notes.slice(0, LISTED_MAX).map(({ sheet, cell, code, message }) => (
          <li key={`${sheet} ${cell} ${code}`}>
            <span className="mono">{`${sheet}!${cell}`}</span> {message}
          </li>
        ))}
      </ul>
      {notes.length > LISTED_MAX ? <p className="muted">{words.andMore(notes.length - LISTED_MAX)}</p> : null}
    </>
  );
}
