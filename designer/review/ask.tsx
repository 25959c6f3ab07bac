import { useState } from "react";
import { Dialog } from "../look/dialog.tsx";
import { DialogActs } from "../look/dialog-acts.tsx";
import { review as words } from "../strings/review.ts";

interface AskProps {
  readonly title: string;
  readonly action: string;
  /** The title of the change set is asked for, too, and begins with this. */
  readonly subject?: string;
  readonly reasonNeeded: boolean;
  readonly perform: (reason: string, subject: string) => Promise<unknown>;
  readonly close: () => void;
}

/** Asks for the reason of a decision; a refusal stays on the page, in the server's own words. */
export function Ask({ title, action, subject, reasonNeeded, perform, close }: AskProps) {
  const [reason, setReason] = useState("");
  const [name, setName] = useState(subject ?? "");
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async (): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    try {
      await perform(reason.trim(), name.trim());
      close();
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  const ready = (!reasonNeeded || reason.trim() !== "") && (subject === undefined || name.trim() !== "");
  return (
    <Dialog onClose={close} title={title} size="md">
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        {subject === undefined ? null : (
          <label>
            <span>{words.title}</span>
            <input className="input" value={name} onChange={(event) => setName(event.currentTarget.value)} />
          </label>
        )}
        <label>
          <span>{words.reason}</span>
          <textarea className="input" rows={3} value={reason} data-autofocus onChange={(event) => setReason(event.currentTarget.value)} />
          <span className="meta">{words.reasonHint}</span>
        </label>
        {trouble === null ? null : (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        )}
        <DialogActs action={busy ? words.acting : action} off={busy || !ready} close={close} />
      </form>
    </Dialog>
  );
}
