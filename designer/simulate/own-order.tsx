import { useState } from "react";
import { simulate as words } from "../strings/simulate.ts";
import { readSample } from "./read-sample.ts";
import type { Sample } from "./run-state.ts";

/** An order of one's own: pasted or from a file, with a script or without. */
export function OwnOrder({ open }: { readonly open: (sample: Sample) => void }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [order, setOrder] = useState("");
  const [script, setScript] = useState("");
  const [startAt, setStartAt] = useState(() => new Date().toISOString());
  const run = (): void => {
    try {
      const request = readSample(order, script, startAt);
      open({ ...request, id: `own/${Date.now().toString(36)}`, title: request.order.externalId ?? words.ownOrder, scenario: null });
    } catch (error) {
      setTrouble(words.notJson(error instanceof Error ? error.message : String(error)));
    }
  };
  return (
    <section className="card">
      <h2>{words.paste}</h2>
      <p className="text-2">{words.pasteText}</p>
      {trouble === null ? null : (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      <FileField label={words.pasteField} value={order} change={setOrder} rows={8} />
      <FileField label={words.scriptField} value={script} change={setScript} rows={4} />
      <label className="line">
        <span className="text-2 nowrap">{words.acceptedAt}</span>
        <input className="input mono" value={startAt} onChange={(event) => setStartAt(event.currentTarget.value)} />
      </label>
      <button type="button" className="btn" disabled={order.trim() === ""} onClick={run}>
        {words.run}
      </button>
    </section>
  );
}

/** A text that is typed, pasted or read from a file. */
function FileField({ label, value, change, rows }: { readonly label: string; readonly value: string; readonly change: (text: string) => void; readonly rows: number }) {
  return (
    <div className="file-field">
      <div className="line">
        <span className="text-2">{label}</span>
        <input className="push" type="file" accept=".json,.jsonl" aria-label={words.fileFor(label)} onChange={(event) => void event.currentTarget.files?.[0]?.text().then(change)} />
      </div>
      <textarea className="input mono" rows={rows} aria-label={label} value={value} onChange={(event) => change(event.currentTarget.value)} />
    </div>
  );
}
