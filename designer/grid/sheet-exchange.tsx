import { useEffect, useState } from "react";
import { describeDefinitions } from "../../engine/diff/describe-diff.ts";
import { diffDefinitions } from "../../engine/diff/diff-definitions.ts";
import type { DecisionTable } from "../../engine/language/table-kinds.ts";
import { sheetsApi, type SheetReading } from "../api/sheets.ts";
import { Dialog } from "../look/dialog.tsx";
import { grid as words } from "../strings/grid.ts";

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
  readonly file: File;
  readonly table: DecisionTable;
  readonly take: (table: DecisionTable) => void;
  readonly close: () => void;
}

/** What a file would change in the table, before anything is changed; and what in it was not understood. */
export function SheetImport({ file, table, take, close }: SheetImportProps) {
  const [reading, setReading] = useState<SheetReading | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    sheetsApi.read(file, table.key).then(setReading, (error: unknown) => setTrouble(error instanceof Error ? error.message : String(error)));
  }, [file, table.key]);
  const found = reading?.tables[0]?.table;
  const next: DecisionTable | null = found === undefined ? null : { ...found, key: table.key, version: table.version, title: table.title, description: table.description, purpose: table.purpose };
  const changes = next === null ? [] : describeDefinitions(diffDefinitions([table], [next])).flatMap(({ details, summary }) => (details.length > 0 ? details : summary));
  return (
    <Dialog onClose={close} title={words.importTitle(file.name)} size="lg">
      {trouble === null ? null : <p className="trouble" role="alert">{trouble}</p>}
      {reading !== null && next === null ? <p>{words.importNone}</p> : null}
      {next !== null && changes.length === 0 ? <p>{words.importNothing}</p> : null}
      <ul className="reasons">
        {changes.slice(0, 60).map((line) => (
          <li key={line}>{line.replaceAll("*", "")}</li>
        ))}
      </ul>
      {reading === null || reading.report.length === 0 ? null : (
        <>
          <h3 className="list-head">{words.importNotes}</h3>
          <ul className="reasons">
            {reading.report.slice(0, 40).map(({ sheet, cell, code, message }) => (
              <li key={`${sheet}${cell ?? ""}${code}`}>
                <span className="mono">{`${sheet}!${cell ?? ""}`}</span> {message}
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="acts">
        <button type="button" className="btn primary" disabled={next === null || changes.length === 0} onClick={() => {
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
